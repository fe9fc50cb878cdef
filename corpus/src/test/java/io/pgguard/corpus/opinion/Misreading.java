package io.pgguard.corpus.opinion;

import io.pgguard.statement.Name;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of name that JSqlParser finds where PostgreSQL has none. Immutable.
 *
 * @param what relation or function
 * @param name the names that it takes for one
 * @param text the texts in which it does; {@code \N} stands for the name
 * @param reason what is there in truth
 */
record Misreading(String what, Pattern name, String text, String reason) {
  private static final String FILE = "/opinion/misreadings.tsv";

  /** All of the file. */
  static List<Misreading> read() {
    List<Misreading> read = new ArrayList<>();
    for (String line : file().split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 4 || parts[3].isBlank()) {
          throw new IllegalStateException("a misreading without its reason: " + line);
        }
        read.add(new Misreading(parts[0], Pattern.compile(parts[1]), parts[2], parts[3]));
      }
    }
    return read;
  }

  private static String file() {
    try (@Nullable InputStream in = Misreading.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean explains(String found, Name named, String sql) {
    if (!what.equals(found) || !name.matcher(named.toString()).matches()) {
      return false;
    }
    String pattern = text.replace("\\N", Pattern.quote(named.name()));
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL).matcher(sql).find();
  }
}
