package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.session.Explanation;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people who write policies are told of a statement, which is not run. */
class ExplainIT {
  @Test
  void explain_tellsKindColumnsMasksAndRules(@TempDir Path directory) throws Exception {
    try (GuardedDatabase database = new GuardedDatabase("explain", directory)) {
      Properties ana = new Properties();
      ana.setProperty("guard.subject", "ana@example.com");
      String sql = "SELECT ssn, upper(ssn) AS loud FROM customers WHERE id = 1";
      Explanation read = GuardDriver.explain(database.url(), ana, sql);
      for (String told : new String[] {read.toString(), read.toJson()}) {
        for (String word : new String[] {"loud", "pii.ssn", "guard.derived", "reads", "lineage"}) {
          assertTrue(told.contains(word), word + " is not in " + told);
        }
      }
      assertTrue(read.toJson().startsWith("{"), read.toJson());
      Explanation drop = GuardDriver.explain(database.url(), ana, "DROP TABLE notes");
      assertTrue(drop.toString().contains("no-drop"), drop.toString());
      assertEquals("0", database.truth("SELECT count(*) FROM notes"), "nothing was run");
    }
  }
}
