package io.pgguard.jdbc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

class GuardUrlTest {
  private static GuardUrl read(String rest) throws SQLException {
    return GuardUrl.read(GuardUrl.PREFIX + rest, new Properties());
  }

  @ParameterizedTest
  @CsvSource({
    "//db.example:6543/sales, db.example, 6543, sales",
    "//db.example/sales, db.example, 5432, sales",
    "//127.0.0.1:1/a%20b, 127.0.0.1, 1, a b",
    "//[::1]:5433/x, [::1], 5433, x",
    "//[fe80::1]/x, [fe80::1], 5432, x",
    "//h/x?guard.config=g.yaml, h, 5432, x",
  })
  void url_isRead(String rest, String host, int port, String database) throws SQLException {
    GuardUrl url = read(rest);
    assertEquals(host, url.host());
    assertEquals(port, url.port());
    assertEquals(database, url.database());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          sales                      ~ name a host and a database
          /sales                     ~ name a host and a database
          //h                        ~ name a host and a database
          //h/                       ~ name a host and a database
          ///sales                   ~ name a host and a database
          //h/a/b                    ~ name a host and a database
          //h1,/x                    ~ name a host and a database
          //h:0/x                    ~ the port must be from 1 to 65535, not 0
          //h:65536/x                ~ the port must be from 1 to 65535, not 65536
          //h:five/x                 ~ the port must be a number, not five
          //h:/x                     ~ the port must be a number
          //h/x?guard.config         ~ after ? come key=value pairs joined by &
          //h/x?=1                   ~ after ? come key=value pairs joined by &
          //h/x?a=1&                 ~ after ? come key=value pairs joined by &
          //h/x?guard.config=%zz     ~ not encoded right
          //h/%                      ~ not encoded right
          """)
  void wrongForm_saysWhatIsWrongAndHowItLooks(String rest, String why) {
    SQLException e = assertThrows(SQLException.class, () -> read(rest));
    assertEquals("08001", e.getSQLState());
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    assertTrue(
        String.valueOf(e.getMessage())
            .contains("jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml"),
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "options",
        "socketFactory",
        "socketFactoryArg",
        "sslfactory",
        "sslpasswordcallback",
        "loggerFile",
        "authenticationPluginClassName",
        "xmlFactoryFactory",
        "replication",
        "PGHOST",
        "PGPORT",
        "PGDBNAME",
        "service"
      })
  void forbiddenProperty_isRefusedWithWhatToDo(String name) {
    SQLException e = assertThrows(SQLException.class, () -> read("//h/x?" + name + "=1"));
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith(
                "Guard refused the connection: " + name + " is not allowed through Guard: "),
        e.getMessage());
    Properties properties = new Properties();
    properties.setProperty(name, "1");
    assertThrows(SQLException.class, () -> GuardUrl.read(GuardUrl.PREFIX + "//h/x", properties));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "password"})
  void credential_isNotTheAgents(String name) {
    SQLException e = assertThrows(SQLException.class, () -> read("//h/x?" + name + "=hunter2"));
    assertTrue(
        String.valueOf(e.getMessage())
            .contains("it is not the agent's to give: the database credential"),
        e.getMessage());
    assertFalse(String.valueOf(e.getMessage()).contains("hunter2"), e.getMessage());
  }

  @Test
  void unknownGuardProperty_listsTheKnown() {
    SQLException e = assertThrows(SQLException.class, () -> read("//h/x?guard.subjekt=ana"));
    assertTrue(
        String.valueOf(e.getMessage()).contains("unknown property guard.subjekt"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("guard.subject"), e.getMessage());
  }

  @Test
  void properties_ofTheUrlWinAndSplit() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "ana");
    properties.setProperty("guard.intent", " ");
    properties.setProperty("prepareThreshold", "3");
    GuardUrl url =
        GuardUrl.read(
            GuardUrl.PREFIX + "//h/x?guard.subject=b%40x&guard.config=dir/g.yaml", properties);
    assertEquals("b@x", url.property("guard.subject"));
    assertNull(url.property("guard.intent"));
    assertNull(url.property("guard.model"));
    assertEquals("3", url.driver().get("prepareThreshold"));
    assertEquals(Path.of("dir/g.yaml").toAbsolutePath(), url.config());
  }

  @Test
  void wrongUrl_neverShowsWhatStandsBehindTheQuestionMark() {
    SQLException e = assertThrows(SQLException.class, () -> read("//h?password=hunter2"));
    assertFalse(String.valueOf(e.getMessage()).contains("hunter2"), e.getMessage());
  }

  @Test
  void nameWithNul_isRefused() {
    assertThrows(SQLException.class, () -> read("//h/x?guard.config=%00").config());
  }

  @Test
  void severalHosts_areTriedInTheirOrder() throws SQLException {
    GuardUrl url = read("//h1:1,[::1],h3:3/x?guard.config=g.yaml");
    List<String> each = url.each().stream().map(one -> one.host() + ":" + one.port()).toList();
    assertEquals(List.of("h1:1", "[::1]:5432", "h3:3"), each);
    assertTrue(url.shown().startsWith(GuardUrl.PREFIX + "//h1:1,[::1]:5432,h3:3/x?"), url.shown());
  }

  @Test
  void everyPropertyOfPgJdbc_isClassifiedOnce() {
    Set<String> twice = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    for (Set<String> kind :
        List.of(
            DriverProperty.ALLOWED,
            DriverProperty.GUARDED,
            DriverProperty.WITHOUT_EFFECT,
            DriverProperty.REFUSED.keySet())) {
      for (String name : kind) {
        if (!known.add(name)) {
          twice.add(name);
        }
      }
    }
    assertEquals(Set.of(), twice);
    Set<String> all = new TreeSet<>();
    for (PGProperty property : PGProperty.values()) {
      all.add(property.getName());
    }
    assertEquals(all, known);
  }

  @Test
  void everyPropertyOfPgJdbc_standsInTheDocument() throws Exception {
    String document = Files.readString(Path.of("../docs/jdbc.md"));
    Set<String> missing = new TreeSet<>();
    for (PGProperty property : PGProperty.values()) {
      if (!document.contains("`" + property.getName() + "`")) {
        missing.add(property.getName());
      }
    }
    assertEquals(Set.of(), missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\'',
      textBlock =
          """
          App, public        ~ [ "app", "public" ]
          "A,b" , $user      ~ [ "A,b", "$user" ]
          "a""b"             ~ [ "a""b" ]
          """)
  void currentSchema_isReadAsTheServerReadsIt(String schemas, String names) throws SQLException {
    assertEquals(names, "[ " + String.join(", ", CurrentSchema.names(schemas)) + " ]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,", ",a", "a b\"", "\"\"", "x\"; DROP TABLE t; --"})
  void currentSchema_thatIsNoList_isRefused(String schemas) {
    assertThrows(SQLException.class, () -> CurrentSchema.names(schemas));
  }
}
