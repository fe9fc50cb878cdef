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

  private LogLook() {}

  /** The log of a proxy that is closed holds from its first byte to its last. */
  static void verifies(Path directory) throws IOException {
    assertInstanceOf(Verified.class, LogVerifier.of().verify(directory.resolve("audit")));
  }

  /** Each statement has one end. */
  static void oneEndEach(GuardedProxy guarded) throws IOException {
    Map<String, List<String>> ofStatement = new HashMap<>();
    for (String line : guarded.logged("\"type\":\"Statement")) {
      Matcher entry = ENTRY.matcher(line);
      assertTrue(entry.find(), line);
      ofStatement
          .computeIfAbsent(entry.group(2) + " " + entry.group(3), key -> new ArrayList<>())
          .add(entry.group(1));
    }
    ofStatement.forEach(
        (statement, entries) ->
            assertEquals(
                1,
                entries.stream()
                    .filter(
                        Set.of("StatementCompleted", "StatementFailed", "StatementAbandoned")
                            ::contains)
                    .count(),
                statement + ": " + entries));
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
