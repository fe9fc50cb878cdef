package io.pgguard.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pgguard.policy.YamlNode.Mapping;
import io.pgguard.policy.YamlNode.Scalar;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a rule wants to hold around a statement. */
final class CircumstanceReader {
  /** Ways in that a session may say. */
  private static final List<String> EDGES = List.of("jdbc", "proxy", "core", "console");

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  /** Enough for any form that a person writes, and little to match. */
  private static final int LONGEST_FORM = 1_000;

  private final Errors errors;

  CircumstanceReader(Errors errors) {
    this.errors = errors;
  }

  /** Whether an intent must be stated; a form wants one. */
  @Nullable Boolean intentStated(Fields condition) {
    return condition.node("intent") instanceof Mapping
        ? Boolean.TRUE
        : condition.word(
            "intent",
            "state of the intent",
            List.of("missing", "present"),
            List.of(Boolean.FALSE, Boolean.TRUE));
  }

  CircumstanceCondition read(Fields condition) {
    List<WordPattern> databases = condition.patterns("database", WordPattern::of);
    Set<String> environments = condition.names("environment");
    CircumstanceCondition.Source source = source(condition.node("source"));
    TimeWindow time = time(condition.node("time"));
    Pattern intent = form(condition.node("intent"));
    CircumstanceCondition read =
        new CircumstanceCondition(databases, environments, source, time, intent);
    return read.isAny() ? CircumstanceCondition.ANY : read;
  }

  private CircumstanceCondition.Source source(@Nullable YamlNode node) {
    Fields fields = node == null ? null : Fields.of(node, errors, "edges", "addresses");
    return fields == null
        ? CircumstanceCondition.ANY.source()
        : new CircumstanceCondition.Source(
            Set.copyOf(fields.known("edges", "edge", EDGES)),
            fields.patterns("addresses", AddressRange::of));
  }

  private @Nullable Pattern form(@Nullable YamlNode node) {
    if (!(node instanceof Mapping)) {
      return null;
    }
    Fields fields = Fields.of(node, errors, "matches");
    YamlNode matches =
        fields == null
            ? null
            : fields.required("matches", "write `{ matches: \"[A-Z]+-[0-9]+\" }`");
    String text = fields == null || matches == null ? null : fields.text("matches");
    if (text == null || matches == null) {
      return null;
    }
    if (text.length() > LONGEST_FORM) {
      errors.add(matches.place(), "an expression has at most " + LONGEST_FORM + " characters");
      return null;
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      errors.add(
          matches.place(),
          "`" + text + "` is no expression that is matched in linear time: " + e.getDescription(),
          "write it as RE2 has it, without back references and look-around");
      return null;
    }
  }

  private @Nullable TimeWindow time(@Nullable YamlNode node) {
    Fields fields = node == null ? null : Fields.of(node, errors, "days", "from", "to", "zone");
    if (fields == null) {
      return null;
    }
    fields.required("zone", "say whose clocks count, such as `zone: Europe/Berlin`");
    if (!fields.has("days") && !fields.has("from") && !fields.has("to")) {
      errors.add(fields.place(), "`time` names no time", "write `days`, or `from` and `to`");
    }
    if (fields.has("from") != fields.has("to")) {
      errors.add(fields.place(), "`from` and `to` count together only");
    }
    LocalTime from = clock(fields, "from");
    LocalTime to = clock(fields, "to");
    if (from != null && from.equals(to)) {
      fields.refuse("to", "is the time at which it begins");
    }
    ZoneId zone = zone(fields);
    return zone == null ? null : new TimeWindow(days(fields), from, to, zone);
  }

  private @Nullable ZoneId zone(Fields fields) {
    YamlNode node = fields.node("zone");
    String text = node == null ? null : fields.text("zone");
    if (node == null || text == null) {
      return null;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      errors.add(
          node.place(), "`" + text + "` is no time zone", "write one such as `Europe/Berlin`");
      return null;
    }
  }

  private @Nullable LocalTime clock(Fields fields, String key) {
    YamlNode node = fields.node(key);
    String text = node == null ? null : fields.text(key);
    if (node == null || text == null) {
      return null;
    }
    try {
      return LocalTime.parse(text.equals("24:00") ? "00:00" : text);
    } catch (DateTimeException e) {
      errors.add(node.place(), "`" + text + "` is no time of a day", "write one such as \"08:30\"");
      return null;
    }
  }

  /** Days by their first three letters, and {@code mon-fri} for those between; without, all. */
  private Set<DayOfWeek> days(Fields fields) {
    EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (Scalar word : fields.words("days")) {
      String[] ends = word.text().split("-", 2);
      int first = DAYS.indexOf(ends[0]);
      int last = DAYS.indexOf(ends[ends.length - 1]);
      if (first < 0 || last < 0) {
        errors.unknown(word.place(), "day", word.text(), DAYS);
        continue;
      }
      for (int day = first; ; day = (day + 1) % DAYS.size()) {
        days.add(DayOfWeek.of(day + 1));
        if (day == last) {
          break;
        }
      }
    }
    return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
  }
}
