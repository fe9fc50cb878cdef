package io.pgguard.proxy.login;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pattern of user names, where {@code *} stands for anything. Immutable and thread-safe. */
final class NamePattern {
  private final Pattern pattern;

  /** Null matches every name. */
  NamePattern(@Nullable String text) {
    String all = text == null ? "*" : text;
    StringBuilder regex = new StringBuilder();
    for (String part : all.split("\\*", -1)) {
      regex
          .append(regex.isEmpty() ? "" : ".*")
          .append(part.isEmpty() ? "(?:)" : Pattern.quote(part));
    }
    this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
