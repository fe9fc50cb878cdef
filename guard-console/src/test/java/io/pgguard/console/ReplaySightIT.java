package io.pgguard.console;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with clearance saw by ways that a text alone does not tell stays hidden. */
@Timeout(120)
class ReplaySightIT {
  private static final Pattern SESSION = Pattern.compile("href=\"(/sessions/[^\"]+)\"");
  private static final String START = "901-02-";

  @TempDir static Path directory;
  private static ConsoleWorld world;

  @BeforeAll
  static void start() throws Exception {
    world = new ConsoleWorld(directory);
    try (Connection direct = world.direct();
        Statement statement = direct.createStatement()) {
      statement.execute("CREATE SCHEMA other");
      statement.execute("CREATE VIEW other.notes AS SELECT id, ssn AS body FROM public.customers");
      statement.execute("GRANT USAGE ON SCHEMA other TO PUBLIC");
      statement.execute("GRANT SELECT ON other.notes TO PUBLIC");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static String replayed(String... texts) throws Exception {
    try (Connection connection = world.connect("carl");
        Statement statement = connection.createStatement()) {
      for (String text : texts) {
        if (text.startsWith("!")) {
          assertThrows(SQLException.class, () -> statement.execute(text.substring(1)), text);
        } else {
          statement.execute(text);
        }
      }
    }
    Browser ola = world.loggedIn(ConsoleWorld.OLA);
    Matcher found = SESSION.matcher(ola.get("/sessions?q=carl").body());
    assertTrue(found.find());
    return ola.get(found.group(1)).body();
  }

  private static void hidden(String... texts) throws Exception {
    String page = replayed(texts);
    assertTrue(page.contains("#" + texts.length + "<"), page);
    assertFalse(page.contains(START), page);
  }

  @Test
  void aCursorsRows() throws Exception {
    hidden(
        "BEGIN",
        "DECLARE c CURSOR FOR SELECT ssn FROM customers ORDER BY id",
        "FETCH 3 FROM c",
        "COMMIT");
  }

  @Test
  void whatAPreparedStatementGives() throws Exception {
    hidden("PREPARE p AS SELECT ssn FROM customers ORDER BY id LIMIT 3", "EXECUTE p");
  }

  @Test
  void anotherSchemasNames() throws Exception {
    hidden("SET search_path = other", "SELECT body FROM notes ORDER BY id LIMIT 3");
  }

  @Test
  void whatErrorsTell() throws Exception {
    hidden("!SELECT ssn::int FROM customers ORDER BY id LIMIT 1");
  }

  @Test
  void settings() throws Exception {
    hidden("SELECT set_config('app.x', ssn, false) FROM customers WHERE id = 1", "SHOW app.x");
  }
}
