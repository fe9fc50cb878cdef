package io.pgguard.examples;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of the demo and what must come of it.
 *
 * @param title what it shows
 * @param sql the statement
 * @param rule the rule or finding that must decide
 * @param refused whether it must be refused
 * @param first what the first row must be, or null for any
 */
record Step(String title, String sql, String rule, boolean refused, @Nullable List<String> first) {

  static Step rows(String title, String sql, String... first) {
    return new Step(title, sql, "reads", false, List.of(first));
  }

  static Step refused(String title, String sql, String rule) {
    return new Step(title, sql, rule, true, null);
  }
}
