package io.pgguard.audit;

import org.jspecify.annotations.Nullable;

/**
 * The audit log cannot take an entry, so what the entry tells of must not happen. The message says
 * why and what to do.
 */
public final class AuditUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AuditUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
