package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules that only tell what they would do, and what becomes of what no rule speaks for. */
class ObservedRulesTest {
  private static final StatementSubject READ = Subjects.reading(Set.of("hr.pay"), "select");

  private static Policy policy(String rules, String otherwise) throws PolicyException {
    return PolicyReader.read(
        "version: 1\nrules:\n" + rules.indent(2) + "otherwise: " + otherwise + "\n", "p.yaml");
  }

  @Test
  void observingRule_tellsAndDecidesNothing() throws Exception {
    Policy policy =
        policy(
            """
            - { id: closed, mode: observe, when: { reads: ["hr.*"] }, then: deny, message: "No." }
            - { id: asked, mode: observe, when: { kind: select }, then: approve, by: { groups: [dba] } }
            - { id: open, mode: observe, when: {}, then: allow }
            - { id: read, when: { kind: select }, then: allow }
            """,
            "deny");
    Decision.Allow decision = (Decision.Allow) PolicyEngine.decide(policy, READ);
    assertEquals(
        List.of(
            "rule `read` allows the statement",
            "rule `closed`, which only observes, would refuse this statement: it reads hr.pay",
            "rule `asked`, which only observes, would ask for approval by 1 person of dba: it is of"
                + " kind select",
            "rule `open`, which only observes, would allow this statement: it speaks for every"
                + " statement"),
        decision.verdicts().stream().map(Verdict::reason).toList());
  }

  @Test
  void observingRule_letsNothingPassThatNoOtherRuleSpeaksFor() throws Exception {
    Policy policy = policy("- { id: open, mode: observe, when: {}, then: allow }", "deny");
    Decision.Deny decision = (Decision.Deny) PolicyEngine.decide(policy, READ);
    assertEquals("guard.otherwise", decision.verdicts().get(0).rule());
    assertEquals("open", decision.verdicts().get(1).rule());
  }

  @Test
  void observingRule_asksForNoFigures() {
    PolicyException thrown =
        assertThrows(
            PolicyException.class,
            () ->
                policy(
                    "- { id: x, mode: observe, when: { affectedRows: { over: 3 } }, then: deny }",
                    "deny"));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains("cannot be observe with figures"),
        thrown.getMessage());
  }

  @Test
  void otherwise_saysWhoApproves() throws Exception {
    Policy policy =
        policy(
            "- { id: x, when: { kind: drop }, then: deny }",
            "{ approve: { by: { groups: [dba], count: 2 }, within: 4h, useWithin: 1h } }");
    Decision.RequireApproval decision =
        (Decision.RequireApproval) PolicyEngine.decide(policy, READ);
    assertEquals(List.of(new Approvers(Set.of("dba"), 2)), decision.needed());
    assertEquals(java.time.Duration.ofHours(4), decision.within());
    assertEquals(java.time.Duration.ofHours(1), decision.useWithin());
    assertTrue(
        decision.verdicts().get(0).reason().contains("2 different people of dba"),
        decision.verdicts().toString());
  }

  @Test
  void reservedNamesOfClasses_areRefused() {
    assertThrows(
        PolicyException.class,
        () ->
            PolicyReader.read(
                "version: 1\nclasses: { guard.x: { columns: [\"*.*.a\"], mask: redact } }\n",
                "p.yaml"));
  }
}
