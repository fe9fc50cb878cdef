package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.audit.LogVerifier;
import io.pgguard.audit.Verification.Verified;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold of a log whatever happened. */
final class LogLook {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\"type\":\"(Statement\\w+)\".*?\"session\":\"([^\"]+)\",\"statement\":(\\d+)");
  private static final Pattern SESSION = Pattern.compile("\"session\":\"([^\"]+)\"");

  /** Of the decision as a whole, which stands in front of its verdicts. */
  private static final Pattern DENIED =
      Pattern.compile("StatementDecided.*?\"kinds\":\\[[^]]*\\],\"outcome\":\"deny\"");

  private LogLook() {}

  /** The log of a proxy that is closed holds from its first byte to its last. */
  static void verifies(Path directory) throws IOException {
    assertInstanceOf(Verified.class, LogVerifier.of().verify(directory.resolve("audit")));
  }

  /** Each statement that was not denied has one end, and one that was has none. */
  static void oneEndEach(GuardedProxy guarded) throws IOException {
    Map<String, List<String>> ofStatement = new HashMap<>();
    Map<String, String> first = new HashMap<>();
    Set<String> denied = new HashSet<>();
    for (String line : guarded.logged("\"type\":\"Statement")) {
      Matcher entry = ENTRY.matcher(line);
      assertTrue(entry.find(), line);
      String statement = entry.group(2) + " " + entry.group(3);
      ofStatement.computeIfAbsent(statement, key -> new ArrayList<>()).add(entry.group(1));
      first.putIfAbsent(statement, line);
      if (DENIED.matcher(line).find()) {
        denied.add(statement);
      }
    }
    ofStatement.forEach(
        (statement, entries) ->
            assertEquals(
                denied.contains(statement) ? 0 : 1,
                entries.stream()
                    .filter(
                        Set.of("StatementCompleted", "StatementFailed", "StatementAbandoned")
                            ::contains)
                    .count(),
                statement + ": " + entries + " " + first.get(statement)));
  }

  /** The sessions that entries of a type tell of. */
  static Set<String> sessions(GuardedProxy guarded, String type) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String line : guarded.logged("\"type\":\"" + type + "\"")) {
      Matcher session = SESSION.matcher(line);
      assertTrue(session.find(), line);
      found.add(session.group(1));
    }
    return found;
  }
}
