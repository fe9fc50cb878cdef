package io.pgguard.cli;

import io.pgguard.GuardConfigException;
import io.pgguard.audit.AuditUnavailableException;

/** Failures in words for whoever called the command. */
final class Failures {
  private Failures() {}

  /** One line; only what nobody foresaw shows its type. */
  static String told(Throwable failure) {
    boolean foreseen =
        failure instanceof GuardConfigException || failure instanceof AuditUnavailableException;
    return foreseen ? String.valueOf(failure.getMessage()) : failure.toString();
  }
}
