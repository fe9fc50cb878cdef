package io.pgguard.corpus.totals;

import io.pgguard.Guard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The list of total functions as guard-core holds it. */
final class TotalList {
  private TotalList() {}

  static List<Signature> read() {
    try (InputStream in =
        Guard.class.getResourceAsStream("/io/pgguard/reach/total-functions.txt")) {
      if (in == null) {
        throw new IllegalStateException("guard-core has no list of total functions");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Signature::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
