package io.pgguard.proxy.login;

import io.pgguard.wording.Said;

/** A setting of a client's startup packet may not be what it says. */
public final class RefusedSettingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Said said;

  RefusedSettingException(Said said) {
    super(said.message());
    this.said = said;
  }

  /** What the client is told. */
  public Said said() {
    return said;
  }
}
