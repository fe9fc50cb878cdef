package io.pgguard.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pgguard.ApprovalStoreConfig;
import io.pgguard.DatabaseConfig;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.Secret;
import io.pgguard.approval.ApprovalStoreLocation;
import io.pgguard.session.Patience;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final String LEAST =
      "database: { user: u }\npolicy: policy.yaml\naudit: { directory: audit }\n";

  @TempDir Path directory;

  private GuardConfig read(String yaml) throws IOException {
    return GuardConfig.read(Files.writeString(directory.resolve("guard.yaml"), yaml));
  }

  private String error(String yaml) {
    String message =
        String.valueOf(assertThrows(GuardConfigException.class, () -> read(yaml)).getMessage());
    assertFalse(message.contains("\n"), message);
    assertFalse(message.contains("hunter2"), message);
    return message;
  }

  @Test
  void least_hasDefaults() throws IOException {
    GuardConfig config = read(LEAST);
    assertEquals(directory.resolve("policy.yaml"), config.policyFile());
    assertEquals(directory.resolve("audit"), config.auditDirectory());
    assertEquals(directory.resolve("recordings"), config.recordingDirectory());
    assertEquals(
        new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60)), config.approval().patience());
    assertEquals(Duration.ofSeconds(30), config.catalog().period());
    assertNull(config.database().password());
    assertNull(config.masking().hashKey());
  }

  @Test
  void whole_isRead() throws IOException {
    GuardConfig config =
        read(
            """
            database: { user: u, password: { file: pw }, tls: require, tlsCa: ca.pem }
            policy: /etc/p.yaml
            audit: { directory: /var/a, durability: strict }
            recording: { directory: r, maxRows: 5, maxBytes: 100 }
            approval: { wait: 250ms }
            masking: { hashKey: { env: KEY } }
            catalog: { refresh: 2m }
            """);
    assertEquals(Path.of("/etc/p.yaml"), config.policyFile());
    assertEquals(Path.of("/var/a"), config.auditDirectory());
    assertEquals(5, config.recording().settings().maxRowsPerStatement());
    assertEquals(Duration.ofMillis(250), config.approval().patience().outside());
    assertEquals(Duration.ofMinutes(2), config.catalog().period());
    Files.writeString(directory.resolve("pw"), "hunter2\n");
    Secret password = Objects.requireNonNull(config.database().password());
    assertEquals("hunter2", password.read(directory));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          polcy: x                               ~ guard.yaml:4:1: unknown key polcy; did you mean `policy`?
          approval: { wiat: 3s }                 ~ guard.yaml:4:13: unknown key approval.wiat; did you mean `wait`?
          masking: { hashKey: { valeu: hunter2 } } ~ unknown key masking.hashKey.valeu; did you mean `value`?
          catalog: { refresh: 3 }                ~ catalog.refresh: `3` is no duration; write a whole number and ms, s, m, h or d
          approval: { wait: 0s }                 ~ approval.wait: `0s` must be longer than nothing
          recording: { maxRows: many }           ~ at recording.maxRows: write a whole number here
          masking: [ hunter2 ]                   ~ at masking: write keys and values here
          masking: hunter2                       ~ at masking: write keys and values here
          masking: { hashKey: { } }              ~ a secret needs exactly one of env: NAME, file: PATH, value: TEXT or command:
          masking: { hashKey: { env: A, file: b } } ~ a secret needs exactly one of
          approval: { store: disk }              ~ at approval.store: approval.store is memory, { directory: DIR } or { postgresql: { ... } }, not disk
          approval: { store: { } }               ~ approval.store is memory, { directory: DIR } or
          approval: { store: { dir: x } }        ~ unknown key approval.store.dir
          approval: { store: { postgresql: { url: "postgresql://u:hunter2@h/d", user: u } } } ~ approval.store.postgresql.url must look like postgresql://host:port/database
          approval: { store: { postgresql: { url: "postgresql://h/d" } } } ~ approval.store.postgresql needs url
          policy: again                          ~ guard.yaml:4:
          """)
  void mistake_isToldWithItsPlace(String line, String told) {
    String message = error(LEAST + line + "\n");
    assertTrue(message.contains(told), message);
    assertTrue(message.contains("guard.yaml:4:"), message);
  }

  @Test
  void store_isMemoryOrADirectoryOrADatabase() throws IOException {
    assertEquals(Optional.empty(), store(""));
    assertEquals(Optional.empty(), store("approval: { store: memory }"));
    assertEquals(
        Optional.of(new ApprovalStoreLocation.Directory(directory.resolve("approvals"))),
        store("approval: { store: { directory: approvals } }"));
    ApprovalStoreLocation.PostgreSql shared =
        assertInstanceOf(
            ApprovalStoreLocation.PostgreSql.class,
            store(
                    "approval: { store: { postgresql: { url: 'postgresql://a:5433,[::1]:5434,b/control', user: guard, password: { value: hunter2 } } } }")
                .orElseThrow());
    assertEquals(List.of("a:5433", "[::1]:5434", "b"), shared.servers());
    assertEquals("control", shared.database());
    assertEquals("guard", shared.schema());
    assertEquals("verify-full", shared.tls());
    assertEquals("hunter2", shared.password().get());
    assertFalse(shared.toString().contains("hunter2"));
  }

  private Optional<ApprovalStoreLocation> store(String line) throws IOException {
    return read(LEAST + line + "\n").approval().store().location(directory);
  }

  @Test
  void storeWithoutItsModule_saysWhatToAdd() {
    assertTrue(
        String.valueOf(
                assertThrows(
                        GuardConfigException.class,
                        () ->
                            ApprovalStores.open(
                                new ApprovalStoreConfig("approvals", null), directory))
                    .getMessage())
            .contains("add the module guard-store"));
  }

  @ParameterizedTest
  @CsvSource({
    "database, missing database: the credential",
    "policy, missing policy: the policy file",
    "audit, missing audit: where the audit log goes"
  })
  void missingKey_isNamed(String key, String told) {
    String message = error(LEAST.replaceAll("(?m)^" + key + ":.*\n", ""));
    assertTrue(message.contains(told), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing yet\n", "---\n", "null\n"})
  void emptyFile_saysWhatItNeeds(String yaml) {
    assertTrue(error(yaml).endsWith("the file is empty; it needs database, policy and audit"));
  }

  @Test
  void noYaml_hasItsPlaceAndNoLineOfTheFile() {
    String message = error("database: { user: u, password: { value: hunter2 } \npolicy: [x\n");
    assertTrue(message.contains("guard.yaml:"), message);
  }

  @Test
  void missingFile_isNamed() {
    Path none = directory.resolve("none.yaml");
    GuardConfigException e = assertThrows(GuardConfigException.class, () -> GuardConfig.read(none));
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith("the configuration file " + none + " cannot be read"));
  }

  @Test
  void durability_isOneOfThree() {
    String message = error(LEAST.replace("directory: audit", "directory: a, durability: lazy"));
    assertTrue(message.contains("audit.durability must be strict, balanced or os, not lazy"));
  }

  @Test
  void knownKeys_areThoseThatAreRead() {
    keys("", method(GuardConfig.class, "of"));
    keys("database", DatabaseConfig.class.getConstructors()[0]);
    keys("audit", GuardConfig.Audit.class.getConstructors()[0]);
    keys("recording", GuardConfig.Recording.class.getConstructors()[0]);
    keys("approval", GuardConfig.Approval.class.getConstructors()[0]);
    keys("approval.store", method(ApprovalStoreConfig.class, "of"));
    keys("approval.store.postgresql", ApprovalStoreConfig.PostgreSql.class.getConstructors()[0]);
    keys("approval.store.postgresql.password", Secret.class.getConstructors()[0]);
    keys("masking", GuardConfig.Masking.class.getConstructors()[0]);
    keys("catalog", GuardConfig.Catalog.class.getConstructors()[0]);
    keys("database.password", Secret.class.getConstructors()[0]);
    keys("masking.hashKey", Secret.class.getConstructors()[0]);
  }

  private static Executable method(Class<?> type, String name) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> m.getName().equals(name) && m.getParameters()[0].getAnnotations().length > 0)
        .findFirst()
        .orElseThrow();
  }

  private static void keys(String path, Executable creator) {
    Set<String> read =
        Stream.of(creator.getParameters())
            .map((Parameter p) -> p.getAnnotation(JsonProperty.class).value())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(read, new TreeSet<>(ConfigKeys.KNOWN.getOrDefault(path, List.of())), path);
  }

  @Test
  void secret_neverShowsItself() {
    assertEquals("Secret[value]", new Secret(null, null, "hunter2", null).toString());
    assertEquals("Secret[env KEY]", new Secret("KEY", null, null, null).toString());
    assertEquals("Secret[file pw]", new Secret(null, "pw", null, null).toString());
  }

  @Test
  void secret_thatIsNotThere_isToldByItsSource() {
    String env =
        assertThrows(
                GuardConfigException.class,
                () -> new Secret("GUARD_NO_SUCH_VARIABLE", null, null, null).read(directory))
            .getMessage();
    assertTrue(String.valueOf(env).contains("GUARD_NO_SUCH_VARIABLE is not set"), env);
    String file =
        assertThrows(
                GuardConfigException.class,
                () -> new Secret(null, "none", null, null).read(directory))
            .getMessage();
    assertTrue(String.valueOf(file).contains(directory.resolve("none") + " cannot be read"), file);
  }

  @Test
  void secretFile_losesItsTrailingNewlineOnly() throws IOException {
    Files.writeString(directory.resolve("pw"), " pass word \n");
    assertEquals(" pass word ", new Secret(null, "pw", null, null).read(directory));
    Files.writeString(directory.resolve("pw"), "pass\r\n");
    assertEquals("pass", new Secret(null, "pw", null, null).read(directory));
  }

  @Test
  void nodes_haveNumbers() throws IOException {
    String proxy =
        LEAST
            + "proxy:\n  listen: [\"127.0.0.1:0\"]\n  databases: [{ name: d, servers: [s] }]\n"
            + "  accounts: [{ name: a, verifier: { value: v } }]\n";
    ProxyConfig read =
        Objects.requireNonNull(
            read(proxy + "  node: 2\n  peers: { 1: \"g:1\", 2: \"g:2\" }").proxy());
    assertEquals(Map.of(1, "g:1", 2, "g:2"), read.peers());
    assertEquals(2, read.node());
    assertEquals(0, Objects.requireNonNull(read(proxy).proxy()).node());
    assertTrue(error(proxy + "  peers: { 1: \"g:1\" }").contains("proxy.node"));
    assertTrue(error(proxy + "  node: 128").contains("proxy.node"));
    assertTrue(error(proxy + "  node: 1\n  peers: { 300: \"g:1\" }").contains("proxy.peers"));
  }
}
