package io.pgguard.session;

import java.util.Locale;

/**
 * Settings that change how texts are read: as Guard reads them, or the session ends (PostgreSQL
 * documentation, "Version and Platform Compatibility", standard_conforming_strings). Stateless.
 */
final class PinnedSettings {
  void check(String name, String value) {
    if (name.equals("standard_conforming_strings") && !value.equals("on")) {
      throw new SessionClosedException(
          "standard_conforming_strings is " + value + "; Guard reads texts only with it on");
    }
    if (name.equals("client_encoding") && !value.toUpperCase(Locale.ROOT).equals("UTF8")) {
      throw new SessionClosedException(
          "client_encoding is " + value + "; Guard reads texts only in UTF8");
    }
  }
}
