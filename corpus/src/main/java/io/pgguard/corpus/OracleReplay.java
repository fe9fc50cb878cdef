package io.pgguard.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a line's question once for each position and letter, and puts together what the answers
 * spell.
 */
final class OracleReplay {
  private static final double NANOS_PER_SECOND = 1e9;
  private final JsonNode oracle;
  private final AgentSession session;

  OracleReplay(JsonNode oracle, AgentSession session) {
    this.oracle = oracle;
    this.session = session;
  }

  /** The value as far as it came out; a question mark where no letter was answered. */
  String value() {
    oracle.path("setup").forEach(sql -> session.run(sql.asText(), false));
    StringBuilder value = new StringBuilder();
    int start = oracle.path("start").asInt(1);
    for (int at = start; at < start + oracle.path("length").asInt(); at++) {
      String letter = letter(at, value.toString());
      value.append(letter == null ? "?" : letter);
      if (value.toString().endsWith("???")) {
        break;
      }
    }
    // A masked constant answers each question alike.
    boolean constant = value.chars().distinct().count() == 1;
    return constant && oracle.path("check").asBoolean(true) ? "?" : value.toString();
  }

  private @Nullable String letter(int position, String before) {
    String alphabet = oracle.path("alphabet").asText();
    for (int i = 0; i < alphabet.length() && session.usable(); i++) {
      String letter = alphabet.substring(i, i + 1);
      String sql =
          oracle
              .path("template")
              .asText()
              .replace("{pos}", Integer.toString(position))
              .replace("{ch}", letter)
              .replace("{pre}", before);
      if (signals(session.run(sql, false))) {
        return letter;
      }
    }
    return null;
  }

  private boolean signals(List<Answer> answers) {
    Answer last = answers.get(answers.size() - 1);
    String signal = oracle.path("signal").asText();
    int colon = signal.indexOf(':');
    String word = colon < 0 ? signal : signal.substring(0, colon);
    String value = signal.substring(colon + 1);
    boolean failed = answers.stream().anyMatch(a -> a.error != null);
    return switch (word) {
      case "rows" -> !last.rows.isEmpty();
      case "norows" -> last.error == null && last.rows.isEmpty();
      case "value" ->
          !last.rows.isEmpty()
              && !last.rows.get(0).isEmpty()
              && value.equals(last.rows.get(0).get(0));
      case "match" -> Pattern.compile(value).matcher(seen(answers)).find();
      case "error" -> answers.stream().anyMatch(a -> a.sqlState().equals(value));
      case "noterror" -> !failed;
      case "time" -> !failed && last.nanos >= Double.parseDouble(value) * NANOS_PER_SECOND;
      case "tag" -> last.tag.equals(value);
      default -> throw new IllegalArgumentException("unknown signal " + signal);
    };
  }

  private static String seen(List<Answer> answers) {
    return answers.stream()
        .flatMap(
            a ->
                java.util.stream.Stream.concat(
                    a.rows.stream().map(String::valueOf), java.util.stream.Stream.of(a.tag)))
        .collect(Collectors.joining(" "));
  }
}
