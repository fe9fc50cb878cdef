package io.pgguard.policy;

import io.pgguard.wording.RuleWording;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in words what a rule wants to hold around a statement. Stateless and thread-safe. */
final class CircumstanceWords {
  private CircumstanceWords() {}

  /** Adds what holds, of a rule that speaks. */
  static void facts(List<String> facts, CircumstanceCondition when) {
    if (!when.databases().isEmpty()) {
      facts.add(RuleWording.OF_DATABASE.words(databases(when)));
    }
    if (!when.environments().isEmpty()) {
      facts.add(RuleWording.IN_ENVIRONMENT.words(RuleWords.list(when.environments())));
    }
    if (!when.source().isAny()) {
      facts.add(RuleWording.FROM_SOURCE.words(source(when.source())));
    }
    if (when.time() != null) {
      facts.add(RuleWording.AT_TIME.words(time(when.time())));
    }
    if (when.intent() != null) {
      facts.add(RuleWording.INTENT_LIKE.words(when.intent().pattern()));
    }
  }

  /** What a rule that did not speak wants instead. */
  static String near(String id, Condition rule, CircumstanceCondition.Part missing) {
    CircumstanceCondition when = rule.circumstances();
    return switch (missing) {
      case DATABASE -> RuleWording.NEARLY_DATABASE.words(id, databases(when));
      case ENVIRONMENT ->
          RuleWording.NEARLY_ENVIRONMENT.words(id, RuleWords.list(when.environments()));
      case SOURCE -> RuleWording.NEARLY_SOURCE.words(id, source(when.source()));
      case TIME -> RuleWording.NEARLY_TIME.words(id, time(Objects.requireNonNull(when.time())));
      case INTENT ->
          RuleWording.NEARLY_INTENT_LIKE.words(id, Objects.requireNonNull(when.intent()).pattern());
      case NOTHING -> ""; // of another policy than is known
    };
  }

  private static String databases(CircumstanceCondition when) {
    return when.databases().stream().map(WordPattern::text).collect(Collectors.joining(", "));
  }

  private static String source(CircumstanceCondition.Source source) {
    List<String> words = new ArrayList<>(new TreeSet<>(source.edges()));
    source.addresses().forEach(range -> words.add(range.toString()));
    return String.join(", ", words);
  }

  private static String time(TimeWindow time) {
    String days =
        new TreeSet<>(time.days())
            .stream().map(CircumstanceWords::name).collect(Collectors.joining(", "));
    return time.from() == null || time.to() == null
        ? RuleWording.DAYS_OF.words(days, time.zone().getId())
        : RuleWording.HOURS_OF.words(
            days, time.from().toString(), time.to().toString(), time.zone().getId());
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }
}
