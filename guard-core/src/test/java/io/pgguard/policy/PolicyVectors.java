package io.pgguard.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads policies from a file of vectors: each begins with a line {@code === name: expectation}. */
final class PolicyVectors {
  private PolicyVectors() {}

  /** One policy text. */
  record Vector(String name, String expected, String yaml) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Vector> read(String resource) throws IOException {
    String all;
    try (InputStream in = PolicyVectors.class.getResourceAsStream(resource)) {
      all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Vector> vectors = new ArrayList<>();
    for (String part : all.split("(?m)^=== ")) {
      if (!part.isBlank()) {
        String title = part.substring(0, part.indexOf('\n'));
        int colon = title.indexOf(": ");
        vectors.add(
            new Vector(
                colon < 0 ? title : title.substring(0, colon),
                colon < 0 ? "" : title.substring(colon + 2),
                part.substring(part.indexOf('\n') + 1)));
      }
    }
    return vectors;
  }
}
