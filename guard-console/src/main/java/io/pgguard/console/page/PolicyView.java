package io.pgguard.console.page;

import io.pgguard.policy.Policy;
import io.pgguard.policy.Verdict;
import io.pgguard.session.Explanation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The policy, and what it makes of a statement that somebody tries.
 *
 * @param policy the policy in force
 * @param databases where a statement can be tried
 * @param tried what was tried, or null
 */
public record PolicyView(Policy policy, List<String> databases, @Nullable Tried tried) {
  public PolicyView {
    databases = List.copyOf(databases);
  }

  /**
   * A statement that was tried.
   *
   * @param explanation what Guard makes of it; null where its database could not be asked
   */
  public record Tried(
      String database,
      String person,
      String groups,
      String text,
      @Nullable Explanation explanation) {
    /** The lines that say what feeds an output, of a statement. */
    public List<String> feeding(Explanation.Explained one, Explanation.Output output) {
      return one.lineage().stream().filter(line -> line.contains(output.name())).toList();
    }
  }

  /** What was typed before, or nothing. */
  public String text() {
    return tried == null ? "" : tried.text();
  }

  public String person() {
    return tried == null ? "" : tried.person();
  }

  public String groups() {
    return tried == null ? "" : tried.groups();
  }

  /** A word in small letters. */
  public static String word(Verdict.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
