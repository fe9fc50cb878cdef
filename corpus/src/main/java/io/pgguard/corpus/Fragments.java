package io.pgguard.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a client can put together from a session's answers: cells alone, rows, columns,
 * results, counts.
 */
final class Fragments {
  private static final Pattern COUNT = Pattern.compile("(\\d+)$");
  private static final int FEWEST_COUNTS = 5;

  /** Each text once, with the channel where it was seen first. */
  private final Map<String, String> channels = new LinkedHashMap<>();

  private Fragments() {}

  static List<Fragment> of(List<Answer> answers) {
    Fragments fragments = new Fragments();
    List<String> tables = new ArrayList<>();
    for (Answer answer : answers) {
      fragments.rows(answer, tables);
      fragments.copy(answer.copied);
      if (answer.error != null) {
        fragments.add("error", ErrorText.of(answer.error));
      }
      answer.warnings.forEach(text -> fragments.add("warning", text));
      answer.notifications.forEach(text -> fragments.add("notification", text));
      answer.parameters.forEach(text -> fragments.add("parameter report", text));
    }
    fragments.joined("across results", tables);
    fragments.joined(
        "across warnings", answers.stream().flatMap(a -> a.warnings.stream()).toList());
    fragments.joined(
        "across errors",
        answers.stream()
            .map(a -> a.error)
            .filter(Objects::nonNull)
            .map(Fragments::message)
            .toList());
    fragments.counts(answers);
    return fragments.channels.entrySet().stream()
        .map(e -> new Fragment(e.getValue(), e.getKey()))
        .toList();
  }

  private static String message(@Nullable Exception error) {
    return error == null ? "" : String.valueOf(error.getMessage());
  }

  private void add(String channel, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      channels.putIfAbsent(text, channel);
    }
  }

  private void joined(String channel, Collection<String> texts) {
    if (texts.size() > 1) {
      add(channel, String.join(" ", texts));
      add(channel, String.join("", texts).replace(" ", ""));
    }
  }

  private void rows(Answer answer, List<String> tables) {
    answer.labels.forEach(label -> add("column label", label));
    List<List<String>> rows = new ArrayList<>();
    for (List<@Nullable String> row : answer.rows) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell == null ? "" : cell));
      rows.add(cells);
      cells.forEach(cell -> add("cell", cell));
      joined("row", cells);
    }
    for (int i = 0; i < answer.labels.size(); i++) {
      int column = i;
      joined("column", rows.stream().map(row -> row.get(column)).toList());
    }
    answer.otherGetters.forEach(text -> add("other getter", text));
    if (answer.otherGetters.size() > 1) {
      add("other getters", String.join(" ", answer.otherGetters));
    }
    if (!rows.isEmpty()) {
      tables.add(String.join(" ", rows.stream().map(row -> String.join(" ", row)).toList()));
    }
  }

  private void copy(byte @Nullable [] copied) {
    if (copied != null) {
      add("copy", ByteDecodings.text(copied));
      add("copy", new String(copied, StandardCharsets.ISO_8859_1));
    }
  }

  private void counts(List<Answer> answers) {
    List<String> counts = new ArrayList<>();
    for (Answer answer : answers) {
      Matcher matcher = COUNT.matcher(answer.tag);
      if (matcher.find()) {
        counts.add(matcher.group(1));
      }
    }
    if (counts.size() >= FEWEST_COUNTS) {
      add("row counts", String.join("", counts));
      add("row counts", String.join(" ", counts));
    }
  }
}
