package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a connection from opening is told in one clear sentence, and nothing stays behind. */
class OpeningErrorsIT {
  private static GuardedDatabase database;
  @TempDir Path directory;

  @BeforeAll
  static void create(@TempDir Path shared) throws Exception {
    database = new GuardedDatabase("opening", shared);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static SQLException failure(String url, Map<String, String> more) {
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "ana@example.com");
    more.forEach(properties::setProperty);
    return assertThrows(
        SQLException.class, () -> DriverManager.getConnection(url, properties).close());
  }

  private static void says(SQLException e, String sqlState, String... words) {
    assertEquals(sqlState, e.getSQLState(), e.getMessage());
    for (String word : words) {
      assertTrue(
          String.valueOf(e.getMessage()).contains(word), word + " is not in: " + e.getMessage());
    }
    assertFalse(String.valueOf(e.getMessage()).contains("agent-secret"), e.getMessage());
    assertFalse(String.valueOf(e.getMessage()).contains("com.fasterxml"), e.getMessage());
    assertFalse(String.valueOf(e.getMessage()).contains("Exception"), e.getMessage());
  }

  /** A configuration of the test's own. */
  private SQLException with(String guardYaml) throws Exception {
    return failure(database.url(written(guardYaml)), Map.of());
  }

  private Path written(String guardYaml) throws Exception {
    Path file = Files.writeString(directory.resolve("guard.yaml"), guardYaml);
    Path policy = directory.resolve("policy.yaml");
    if (!Files.exists(policy)) {
      Files.writeString(policy, GuardedDatabase.POLICY);
    }
    return file;
  }

  private static String yaml(String password, String audit) {
    return """
        database: { user: "%s", password: { value: %s } }
        policy: policy.yaml
        audit: { directory: %s }
        """
        .formatted(database.agent(), password, audit);
  }

  @Test
  void missingSubject_saysHowToNameIt() {
    SQLException e =
        assertThrows(SQLException.class, () -> DriverManager.getConnection(database.url()));
    says(e, "28000", "Guard needs to know who asks: set the connection property guard.subject");
  }

  @Test
  void missingConfigProperty_saysWhatToAdd() {
    says(
        failure(database.url().replaceAll("\\?.*", ""), Map.of()),
        "08001",
        "The URL names no configuration: add ?guard.config=path/to/guard.yaml");
  }

  @Test
  void missingConfigFile_isNamed() {
    Path none = directory.resolve("none.yaml");
    says(
        failure(database.url(none), Map.of()),
        "08001",
        "the configuration file " + none + " cannot be read (guard.config names it)");
  }

  @Test
  void unknownKey_hasItsPlaceAndTheNearestWord() throws Exception {
    SQLException e = with(yaml("x", "audit").replace("policy:", "polcy:"));
    says(e, "08001", "guard.yaml:2:", "unknown key polcy", "did you mean `policy`?");
  }

  @Test
  void missingKey_isNamed() throws Exception {
    says(with("policy: policy.yaml\n"), "08001", "guard.yaml:", "missing database");
  }

  @Test
  void noYaml_hasItsPlace() throws Exception {
    says(with("database: [1\npolicy: x"), "08001", "guard.yaml:2:");
    says(with("database: [1]\npolicy: x"), "08001", "guard.yaml:1:", "at database: write keys");
    says(with("policy: a\npolicy: b"), "08001", "guard.yaml:2:", "policy");
  }

  @Test
  void emptyFile_saysWhatItNeeds() throws Exception {
    says(with(""), "08001", "the file is empty; it needs database, policy and audit");
  }

  @Test
  void badDuration_isExplained() throws Exception {
    SQLException e = with(yaml("x", "audit") + "approval: { wait: soon }\n");
    says(e, "08001", "guard.yaml:4:", "approval", "soon", "such as");
  }

  @Test
  void badTlsMode_listsTheModes() throws Exception {
    SQLException e = with(yaml("x", "audit").replace("{ user", "{ tls: maybe, user"));
    says(e, "08001", "database.tls", "disable, require, verify-ca or verify-full, not maybe");
  }

  @Test
  void invalidPolicy_hasItsPlaceKeyAndNearestWord() throws Exception {
    Files.writeString(
        directory.resolve("policy.yaml"),
        GuardedDatabase.POLICY.replace("then: deny", "then: den"));
    SQLException e = with(yaml("agent-secret", "audit"));
    says(e, "08001", "the policy cannot be used", "policy.yaml:17:", "rules[0].then", "deny");
  }

  @Test
  void missingPolicy_isNamed() throws Exception {
    SQLException e = with(yaml("x", "audit").replace("policy.yaml", "nowhere.yaml"));
    says(e, "08001", "nowhere.yaml", "there is no such file", "check that it is there");
  }

  @Test
  void wrongCredential_saysWhereItComesFrom() throws Exception {
    SQLException e = with(yaml("not-it", "audit").replace(database.agent(), "no_such_agent"));
    assertTrue(e.getSQLState().startsWith("28"), e.getSQLState());
    says(e, e.getSQLState(), "no_such_agent", "the credential of the guard.config file");
    assertFalse(String.valueOf(e.getMessage()).contains("not-it"));
  }

  @Test
  void unreachableServer_isNamed() throws Exception {
    written(yaml("agent-secret", "audit"));
    String url = "jdbc:guard:postgresql://127.0.0.1:1/x?guard.config=" + directory + "/guard.yaml";
    says(failure(url, Map.of()), "08001", "127.0.0.1:1");
  }

  @Test
  void unknownHost_isNamed() throws Exception {
    written(yaml("agent-secret", "audit"));
    String url =
        "jdbc:guard:postgresql://no-such-host.invalid/x?guard.config=" + directory + "/guard.yaml";
    says(failure(url, Map.of()), "08001", "The host no-such-host.invalid is not known");
  }

  @Test
  void unknownDatabase_isNamed() {
    String url = database.url().replace("/" + database.database() + "?", "/no_such_database?");
    says(failure(url, Map.of()), "3D000", "no_such_database");
  }

  @Test
  void unwritableAuditDirectory_isNamed() throws Exception {
    Files.writeString(directory.resolve("occupied"), "a file");
    SQLException e = with(yaml("agent-secret", "occupied/audit"));
    says(
        e,
        "58030",
        "Guard opens no connection that it cannot log",
        "occupied",
        "Give Guard a directory");
  }

  @Test
  void hashMaskWithoutKey_saysWhatToSet() throws Exception {
    Files.writeString(
        directory.resolve("policy.yaml"),
        GuardedDatabase.POLICY.replace("mask: email }", "mask: hash }"));
    says(with(yaml("agent-secret", "audit")), "08001", "masking: { hashKey:");
  }

  @Test
  void failedOpening_leavesNoServerConnection() throws Exception {
    failure(database.url(), Map.of("socketFactory", "x.Y"));
    assertEquals(
        "0",
        database.truth(
            "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND usename = '"
                + database.agent()
                + "'"));
  }
}
