package io.pgguard.policy;

import io.pgguard.wording.RuleWording;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says in words which columns a rule found. Stateless and thread-safe. */
final class ColumnWords {
  private ColumnWords() {}

  /** Adds what a statement does that a condition asks about. */
  static void facts(List<String> facts, ColumnCondition when, ColumnUse use) {
    if (when.readsNone()) {
      facts.add(RuleWording.READS_NOTHING.words());
    }
    if (!when.reads().isEmpty()) {
      String found = columns(when.reads(), use.reads());
      String maybe = relations(when.reads(), use.reads());
      facts.add(
          !found.isEmpty()
              ? RuleWording.READS_COLUMNS.words(found)
              : maybe.isEmpty()
                  ? RuleWording.MAY_READ.words()
                  : RuleWording.MAY_READ_COLUMNS.words(maybe));
    }
    if (!when.sets().isEmpty()) {
      String found = columns(when.sets(), use.sets());
      String maybe = relations(when.sets(), use.sets());
      facts.add(
          !found.isEmpty()
              ? RuleWording.SETS_COLUMNS.words(found)
              : maybe.isEmpty()
                  ? RuleWording.MAY_CHANGE.words()
                  : RuleWording.MAY_SET_COLUMNS.words(maybe));
    }
    if (when.star() != null) {
      facts.add((when.star() ? RuleWording.STAR : RuleWording.NO_STAR).words());
    }
  }

  /** The columns that the statement's words touch and the patterns name. */
  private static String columns(List<ColumnPattern> patterns, ColumnUse.Touched touched) {
    Set<String> found = new TreeSet<>();
    for (ColumnName name : touched.told()) {
      if (ColumnCondition.matches(patterns, name)) {
        found.add(name.text());
      }
    }
    return RuleWords.list(found);
  }

  /** The relations of which it may touch such columns besides. */
  private static String relations(List<ColumnPattern> patterns, ColumnUse.Touched touched) {
    Set<String> found = new TreeSet<>();
    for (ColumnName name : touched.possible()) {
      if (ColumnCondition.matches(patterns, name)) {
        found.add(name.schema() + "." + name.relation());
      }
    }
    return RuleWords.list(found);
  }
}
