package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules see where a client of the proxy comes from, and the labels of the server that it asks. */
@Timeout(600)
class CircumstancesIT {
  private static final String RULES =
      """
      rules:
        - { id: not-there, when: { kind: select, environment: production }, then: deny }
        - { id: not-far, when: { kind: delete, source: { addresses: "192.0.2.0/24" } }, then: deny }
        - { id: no-copy, when: { kind: copy-out, source: { edges: proxy } }, then: deny }
        - { id: near, when: { kind: [select, delete], source: { addresses: "127.0.0.0/8" } }, then: allow }
        - { id: own, when: { kind: [set, transaction] }, then: allow }
        - { id: staged, when: { kind: [insert, copy-out], environment: staging }, then: allow }
      """;

  @Test
  void rulesByAddressEdgeAndLabel_areJudgedAtTheProxy(@TempDir Path directory) throws Exception {
    try (GuardedProxy guarded = new GuardedProxy("around", directory, "")) {
      String policy = GuardedProxy.POLICY;
      String before = policy.substring(0, policy.indexOf("rules:"));
      Files.writeString(directory.resolve("policy.yaml"), before + RULES + "otherwise: deny\n");
      guarded.replaced("name: shop, ", "name: shop, environment: [staging], ");
      try (Connection connection = guarded.connect("");
          Statement statement = connection.createStatement()) {
        assertEquals(0, statement.executeUpdate("DELETE FROM notes WHERE id = -1"));
        assertEquals(1, statement.executeUpdate("INSERT INTO notes (body) VALUES ('x')"));
        SQLException refused =
            assertThrows(SQLException.class, () -> statement.execute("COPY notes (id) TO STDOUT"));
        assertTrue(String.valueOf(refused.getMessage()).contains("no-copy"), refused.getMessage());
      }
      guarded.replaced("version: 1", "version: 1\nenvironment: [production]");
      try (Connection connection = guarded.connect("");
          Statement statement = connection.createStatement()) {
        SQLException refused =
            assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
        assertTrue(
            String.valueOf(refused.getMessage()).contains("not-there"), refused.getMessage());
      }
    }
  }
}
