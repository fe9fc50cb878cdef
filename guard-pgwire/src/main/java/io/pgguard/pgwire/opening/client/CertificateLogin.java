package io.pgguard.pgwire.opening.client;

import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;

/**
 * A certificate that the client showed while TLS began (PostgreSQL documentation, "Certificate
 * Authentication"): nothing more is asked.
 */
public final class CertificateLogin implements Login {
  private final boolean fits;

  /**
   * @param fits whether the client showed one that was verified, and that is the account's
   */
  public CertificateLogin(boolean fits) {
    this.fits = fits;
  }

  @Override
  public LoginStep begin() {
    return fits
        ? new LoginStep.Proved(null)
        : new LoginStep.Failed("it showed no certificate of an account of this name");
  }

  @Override
  public LoginStep answer(byte[] body) {
    return new LoginStep.Failed("nothing was asked");
  }

  @Override
  public Said failure(String user) {
    return ConnectWording.CERTIFICATE_NOT_TAKEN.say(user);
  }
}
