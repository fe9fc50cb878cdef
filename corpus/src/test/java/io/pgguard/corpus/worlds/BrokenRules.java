package io.pgguard.corpus.worlds;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer shows of rules of the policy that did not hold, whatever the worlds: more rows
 * changed than a figure allows, a relation written that none may write, a function run that none
 * may call, a value longer than the limit, a change that nobody approved.
 */
final class BrokenRules {
  /** The policy's limit of one value. */
  private static final int VALUE_BYTES = 4000;

  /** Of eight rows of {@code crowd} a statement may change three. */
  private static final int CROWD = 5;

  private static final String KEPT = "3";
  private static final String FORBIDDEN = "forbidden ran";

  private static final String UNAPPROVED = "unapproved ran";

  private BrokenRules() {}

  static Optional<String> in(Seen seen) {
    if (!Set.of("rule", "found").contains(seen.made().kind())) {
      return Optional.empty();
    }
    for (Map.Entry<World, List<byte[]>> world : seen.answers().entrySet()) {
      for (byte[] answer : world.getValue()) {
        String broken = broken(answer);
        if (broken != null) {
          return Optional.of(world.getKey() + ": " + broken);
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable String broken(byte[] answer) {
    String column = "";
    for (Answer.Message message : Answer.of(answer).messages()) {
      switch (message.type()) {
        case 'T' -> column = Redrawn.columns(message.body()).get(0).name();
        case 'D' -> {
          String broken = broken(column, Redrawn.cells(message.body()));
          if (broken != null) {
            return broken;
          }
        }
        case 'C' -> {
          if (message.text().startsWith("C:TRUNCATE")) {
            return "a cascade removed the rows of kept";
          }
        }
        case 'd' -> {
          if (message.body().length > VALUE_BYTES) {
            return "a line of COPY of " + message.body().length + " bytes";
          }
        }
        default -> {}
      }
      if (message.type() != 'E') {
        String words = new String(message.body(), StandardCharsets.ISO_8859_1);
        if (words.contains(FORBIDDEN)) {
          return "the forbidden function ran";
        }
        if (words.contains(UNAPPROVED)) {
          return "an approval was taken for another meaning";
        }
      }
    }
    return null;
  }

  private static @Nullable String broken(String column, List<@Nullable String> cells) {
    String first = cells.isEmpty() ? "" : Objects.toString(cells.get(0), "");
    boolean number = first.matches("\\d+");
    if (number && column.equals("crowd") && Integer.parseInt(first) < CROWD) {
      return "rows of crowd that are left as they were: " + first;
    }
    if (number && column.equals("kept") && !first.equals(KEPT)) {
      return "rows of kept that are left: " + first;
    }
    for (String cell : cells) {
      if (cell != null && cell.length() > VALUE_BYTES) {
        return "a value of " + cell.length() + " bytes";
      }
    }
    return null;
  }
}
