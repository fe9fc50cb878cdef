package io.pgguard.corpus.worlds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine's own data files, under {@code worlds/} of the test resources. */
final class Resource {
  private Resource() {}

  static String text(String name) {
    try (@Nullable InputStream in = Resource.class.getResourceAsStream("/worlds/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource worlds/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a table and of what it has for later versions of the server, up to one. */
  static List<String[]> lines(String name, int version) {
    List<String[]> lines = lines(name + ".tsv");
    if (version >= 19) {
      lines.addAll(lines(name + "-19.tsv"));
    }
    return lines;
  }

  /** The lines of a table, each cut at its tabs; without comments and blank lines. */
  static List<String[]> lines(String name) {
    List<String[]> lines = new ArrayList<>();
    for (String line : text(name).split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(line.split("\t", -1));
      }
    }
    return lines;
  }
}
