package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgguard.identity.Principal;
import io.pgguard.mask.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyReaderTest {
  static List<PolicyVectors.Vector> valid() throws IOException {
    return PolicyVectors.read("valid.txt");
  }

  static List<PolicyVectors.Vector> invalid() throws IOException {
    return PolicyVectors.read("invalid.txt");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void validPolicy_loads(PolicyVectors.Vector vector) throws PolicyException {
    assertEquals(64, PolicyReader.read(vector.yaml(), "policy.yaml").hash().length());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidPolicy_saysWhatIsWrongAndWhere(PolicyVectors.Vector vector) {
    PolicyException error =
        assertThrows(PolicyException.class, () -> PolicyReader.read(vector.yaml(), "policy.yaml"));
    assertTrue(
        error.errors().stream().anyMatch(one -> one.toString().contains(vector.expected())),
        () -> "expected: " + vector.expected() + "\nbut: " + error.getMessage());
  }

  @Test
  void everyKey_isRead() throws Exception {
    Policy policy = PolicyReader.read(valid().get(1).yaml(), "policy.yaml");
    assertEquals(Policy.Mode.OBSERVE, policy.mode());
    assertEquals(Inference.ALLOW, policy.inference());
    assertEquals(Verdict.Outcome.APPROVE, policy.otherwise().outcome());
    assertEquals(new Mask.Partial(0, 4, '#'), policy.classes().get(0).mask());
    assertEquals(new Mask.Null(), policy.classes().get(2).mask());
    assertEquals(new Mask.Null(), policy.classes().get(3).mask());
    assertEquals(new Mask.Constant("0"), policy.classes().get(5).mask());
    assertEquals(DetectorSettings.Scope.ALL, policy.detectors().scope());
    assertEquals(7, policy.detectors().enabled().size());
    Rule rule = policy.rules().get(0);
    assertEquals(new Approvers(Set.of("dba", "leads"), 2), rule.by());
    assertEquals(Duration.ofSeconds(90), rule.within());
    assertEquals(1_000, rule.when().estimatedRowsOver().getAsLong());
    assertEquals(1.5e6, rule.when().estimatedCostOver().getAsDouble());
    assertEquals(Duration.ofMillis(500), policy.limits().statementTime());
    assertEquals("agent_ro", policy.role(principal("analysts")).orElseThrow());
    assertEquals("nobody", policy.role(principal("others")).orElseThrow());
  }

  @Test
  void smallestPolicy_hasSafeDefaults() throws Exception {
    Policy policy = PolicyReader.read("version: 1", "policy.yaml");
    assertEquals(Policy.Mode.ENFORCE, policy.mode());
    assertEquals(Verdict.Outcome.DENY, policy.otherwise().outcome());
    assertEquals(Inference.EQUALITY, policy.inference());
    assertEquals(DetectorSettings.Scope.OFF, policy.detectors().scope());
  }

  @Test
  void budgetOfGuesses_isReadAndHasDefaults() throws Exception {
    Policy policy = PolicyReader.read(valid().get(valid().size() - 2).yaml(), "policy.yaml");
    assertEquals(Inference.EQUALITY, policy.inference());
    assertEquals(new GuessBudget(50, 50, Duration.ofHours(1)), policy.guesses());
    assertTrue(policy.declassifies("public", "salary_bands", "band"));
    assertTrue(policy.declassifies("reporting", "any", "share"));
    assertTrue(!policy.declassifies("public", "salary_bands", "salary"));
    Policy writes = PolicyReader.read(valid().get(valid().size() - 1).yaml(), "policy.yaml");
    assertEquals(new GuessBudget(50, 5, Duration.ofDays(1)), writes.guesses());
    assertEquals(
        GuessBudget.DEFAULT,
        PolicyReader.read("version: 1\ninference: equality", "p.yaml").guesses());
  }

  @Test
  void manyErrors_areAllTold() {
    PolicyException error =
        assertThrows(
            PolicyException.class,
            () ->
                PolicyReader.read(
                    """
                    version: 1
                    mode: enforcing
                    classes:
                      a: { columns: [x], mask: rot13 }
                    rules:
                      - { id: a, when: { kind: selekt }, then: no }
                    """,
                    "p.yaml"));
    assertEquals(List.of(2, 4, 4, 6, 6), error.errors().stream().map(PolicyError::line).toList());
  }

  @Test
  void missingFile_isOneClearError(@TempDir Path dir) {
    PolicyException error =
        assertThrows(PolicyException.class, () -> PolicyReader.read(dir.resolve("none.yaml")));
    assertTrue(error.errors().get(0).problem().contains("cannot be read"), error::toString);
  }

  @Test
  void fileThatIsNotUtf8_isOneClearError(@TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("p.yaml"), new byte[] {'a', (byte) 0xff});
    PolicyException error = assertThrows(PolicyException.class, () -> PolicyReader.read(file));
    assertTrue(error.errors().get(0).problem().contains("not UTF-8"), error::toString);
  }

  @Test
  void policyOfTheCorpus_loadsWithItsMeaning() throws Exception {
    Path file =
        Path.of(System.getProperty("guard.shared", "../shared"), "corpus/redteam/policy.yaml");
    assumeTrue(Files.exists(file), "no corpus at " + file);
    Policy policy = PolicyReader.read(file);
    Principal agent = principal("agents");
    for (String column : List.of("ssn", "email", "phone", "dob", "ssn_digits")) {
      assertTrue(policy.protection(agent, "public", "vip_customers", column).isPresent(), column);
    }
    assertTrue(policy.protection(agent, "public", "payments_2024", "payer_ssn").isPresent());
    assertTrue(policy.protection(agent, "public", "customers", "name").isEmpty());
    assertEquals(Inference.DENY, policy.inference());
    assertEquals(Duration.ofSeconds(5), policy.limits().statementTime());
    assertEquals(10_000_000, policy.limits().estimatedCost().getAsDouble());
    assertEquals(4, policy.rules().size());
  }

  private static Principal principal(String... groups) {
    return new Principal("ada", Set.of(groups), "agent", null);
  }
}
