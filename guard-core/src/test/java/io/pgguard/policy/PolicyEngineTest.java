package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.identity.Principal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyEngineTest {
  private static Policy policy(String... rules) throws PolicyException {
    return PolicyReader.read(
        "version: 1\nrules:\n  - " + String.join("\n  - ", rules) + "\n", "policy.yaml");
  }

  private static Decision decide(StatementSubject subject, String... rules) throws PolicyException {
    return PolicyEngine.decide(policy(rules), subject);
  }

  private static StatementSubject affecting(long rows, String... kinds) {
    return Subjects.where(WhereState.PRESENT, kinds)
        .withFigures(OptionalLong.of(rows), OptionalLong.empty(), OptionalDouble.empty());
  }

  private static final String READS =
      "{ id: reads, when: { kind: [select, show, explain] }, then: allow, maxRows: 100 }";
  private static final String UNBOUNDED =
      "{ id: unbounded, when: { kind: [update, delete], where: missing }, then: deny,"
          + " message: Name the rows. }";
  private static final String WRITES = "{ id: writes, when: { kind: write }, then: allow }";
  private static final String WIDE =
      "{ id: wide, when: { kind: write, affectedRows: { over: 100 } }, then: approve,"
          + " by: { groups: [dba], count: 2 }, within: 5m }";

  /** What the verdicts that decided say. */
  private static String reasons(Decision decision) {
    return decisive(decision).map(Verdict::reason).collect(Collectors.joining("; "));
  }

  private static String hints(Decision decision) {
    return decisive(decision)
        .flatMap(verdict -> Stream.ofNullable(verdict.hint()))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static Stream<Verdict> decisive(Decision decision) {
    Verdict.Outcome outcome =
        decision instanceof Decision.Deny
            ? Verdict.Outcome.DENY
            : decision instanceof Decision.RequireApproval
                ? Verdict.Outcome.APPROVE
                : Verdict.Outcome.ALLOW;
    return decision.verdicts().stream().filter(verdict -> verdict.outcome() == outcome);
  }

  @Test
  void noRule_isOtherwise() throws PolicyException {
    Decision.Deny deny =
        assertInstanceOf(Decision.Deny.class, decide(Subjects.of("insert", "write"), READS));
    assertEquals(PolicyEngine.OTHERWISE, deny.verdicts().get(0).rule());
    assertEquals(
        "no rule of the policy speaks for this statement (insert, write), and the policy"
            + " refuses what no rule speaks for",
        reasons(deny));
    assertEquals(
        "The policy has rules for statements of these kinds: explain, select, show.", hints(deny));
  }

  @Test
  void notGroups_fitsWhoIsInNone() throws PolicyException {
    StatementSubject select = Subjects.of("select"); // whose principal is an analyst
    String rule = "{ id: them, when: { principal: { notGroups: [%s] } }, then: deny }";
    assertInstanceOf(Decision.Deny.class, decide(select, READS, rule.formatted("dba")));
    assertInstanceOf(Decision.Allow.class, decide(select, READS, rule.formatted("dba, analysts")));
    Policy policy =
        policy("{ id: open, when: { principal: { notGroups: [interns] } }, then: allow }");
    assertEquals(1, PolicyWarnings.of(policy).size());
    assertEquals(List.of(), PolicyWarnings.of(policy(READS)));
    assertThrows(
        PolicyException.class,
        () ->
            policy("{ id: x, when: { principal: { groups: [a], notGroups: [a] } }, then: deny }"));
  }

  @Test
  void denyBeatsApproveBeatsAllow() throws PolicyException {
    StatementSubject delete =
        Subjects.where(WhereState.MISSING, "delete", "write")
            .withFigures(OptionalLong.of(200), OptionalLong.empty(), OptionalDouble.empty());
    Decision.Deny deny =
        assertInstanceOf(Decision.Deny.class, decide(delete, WRITES, WIDE, UNBOUNDED));
    assertEquals(
        List.of("writes", "wide", "unbounded"),
        deny.verdicts().stream().map(Verdict::rule).toList());
    assertEquals(
        "Name the rows. (rule `unbounded` refuses this statement: it is of kind delete and"
            + " has no WHERE clause that picks rows)",
        reasons(deny));
    assertEquals("Add a WHERE clause that picks the rows you mean.", hints(deny));
  }

  @Test
  void approveRule_saysWhoAndHowLong() throws PolicyException {
    Decision.RequireApproval approve =
        assertInstanceOf(
            Decision.RequireApproval.class,
            decide(affecting(250, "update", "write"), WRITES, WIDE));
    assertEquals(List.of(new Approvers(Set.of("dba"), 2)), approve.needed());
    assertEquals(Duration.ofMinutes(5), approve.within());
    assertEquals(Duration.ofMinutes(5), approve.useWithin());
    assertEquals(
        "rule `wide` asks for approval by 2 different people of dba: it is of kind"
            + " write and would change more than 100 rows",
        reasons(approve));
  }

  @Test
  void severalApproveRules_needAllTheirApprovers() throws PolicyException {
    Decision.RequireApproval approve =
        assertInstanceOf(
            Decision.RequireApproval.class,
            decide(
                affecting(250, "update", "write"),
                WIDE,
                "{ id: all, when: {}, then: approve, by: { groups: [leads] }, within: 10m }",
                "{ id: again, when: {}, then: approve, by: { groups: [leads] } }"));
    assertEquals(
        List.of(new Approvers(Set.of("dba"), 2), new Approvers(Set.of("leads"), 1)),
        approve.needed());
    assertEquals(Duration.ofMinutes(5), approve.within());
  }

  @Test
  void maxRows_isTheSmallest() throws PolicyException {
    Decision.Allow allow =
        assertInstanceOf(
            Decision.Allow.class,
            decide(Subjects.of("select"), READS, "{ id: few, when: {}, then: allow, maxRows: 7 }"));
    assertEquals(OptionalLong.of(7), allow.maxRows());
  }

  @Test
  void findings_takePart() throws PolicyException {
    Verdict finding =
        new Verdict("guard.lineage", Verdict.Outcome.DENY, "carries a protected value", null);
    assertInstanceOf(
        Decision.Deny.class, decide(Subjects.finding(Subjects.of("select"), finding), READS));
    Verdict doubt = new Verdict("guard.doubt", Verdict.Outcome.APPROVE, "who knows", null);
    assertEquals(
        List.of(Rule.ANYBODY),
        assertInstanceOf(
                Decision.RequireApproval.class,
                decide(Subjects.finding(Subjects.of("select"), doubt), READS))
            .needed());
  }

  @Test
  void allowOfTheMilderKind_doesNotSpeakForTheRest() throws PolicyException {
    assertInstanceOf(Decision.Deny.class, decide(Subjects.of("select", "delete", "write"), READS));
    assertInstanceOf(Decision.Deny.class, decide(Subjects.of("select", "ddl"), READS));
    assertInstanceOf(Decision.Deny.class, decide(Subjects.of("explain", "do", "code"), READS));
    assertInstanceOf(Decision.Deny.class, decide(Subjects.of("select", "unknown"), READS));
    assertInstanceOf(
        Decision.Deny.class,
        decide(
            Subjects.of("insert", "delete", "write"),
            "{ id: inserts, when: { kind: insert }, then: allow }"));
    assertInstanceOf(
        Decision.Allow.class, decide(Subjects.of("insert", "delete", "write"), WRITES));
    assertInstanceOf(
        Decision.Allow.class,
        decide(
            Subjects.of("create-table", "session"),
            "{ id: own, when: { kind: session }, then: allow }"));
    assertInstanceOf(
        Decision.Allow.class,
        decide(
            Subjects.of("create-function", "ddl", "code"),
            "{ id: ddl, when: { kind: ddl }, then: allow }"));
  }

  @Test
  void writesOfAnAllowRule_mustAllFit() throws PolicyException {
    String scratch = "{ id: scratch, when: { writes: 'scratch.*' }, then: allow }";
    String prod = "{ id: prod, when: { writes: 'prod.*' }, then: deny }";
    StatementSubject both =
        Subjects.writing(Set.of("scratch.a", "prod.b"), "insert", "delete", "write");
    assertInstanceOf(Decision.Deny.class, decide(both, scratch));
    assertInstanceOf(Decision.Deny.class, decide(both, "{ id: all, when: {}, then: allow }", prod));
    assertInstanceOf(
        Decision.Allow.class,
        decide(Subjects.writing(Set.of("scratch.a"), "insert", "write"), scratch, prod));
    assertInstanceOf(
        Decision.Deny.class,
        decide(Subjects.writing(Set.of("scratch.evil.a", "prod.x"), "insert", "write"), scratch));
  }

  @Test
  void functionsAndReads_areMatched() throws PolicyException {
    String all = "{ id: all, when: {}, then: allow }";
    String slow = "{ id: slow, when: { functions: 'pg_catalog.pg_sleep*' }, then: deny }";
    assertInstanceOf(
        Decision.Deny.class,
        decide(
            Subjects.calling(Set.of("pg_catalog.pg_sleep(double precision)"), "select"),
            all,
            slow));
    assertInstanceOf(
        Decision.Allow.class,
        decide(Subjects.calling(Set.of("pg_catalog.now()"), "select"), all, slow));
    String hr = "{ id: hr, when: { reads: 'hr.*' }, then: deny }";
    assertInstanceOf(
        Decision.Deny.class,
        decide(Subjects.reading(Set.of("public.a", "hr.b"), "select"), all, hr));
  }

  @Test
  void principalAndIntent_areMatched() throws PolicyException {
    String all = "{ id: all, when: {}, then: allow }";
    String intent = "{ id: why, when: { intent: missing }, then: deny }";
    StatementSubject select = Subjects.of("select");
    assertInstanceOf(Decision.Deny.class, decide(select, all, intent));
    assertInstanceOf(
        Decision.Allow.class, decide(Subjects.by(select, Subjects.AGENT, "to count"), all, intent));
    assertInstanceOf(
        Decision.Deny.class, decide(Subjects.by(select, Subjects.AGENT, "  "), all, intent));
    String robots =
        "{ id: robots, when: { principal: { groups: [x, analysts], agents: 'assist*', models: '*' }"
            + " }, then: deny }";
    assertInstanceOf(Decision.Deny.class, decide(select, all, robots));
    Principal person = new Principal("bob", Set.of("analysts"), null, null);
    assertInstanceOf(Decision.Allow.class, decide(Subjects.by(select, person, ""), all, robots));
  }

  @Test
  void unknownFigureThatMatters_countsAsOver() throws PolicyException {
    StatementSubject update = Subjects.where(WhereState.PRESENT, "update", "write");
    Decision decision = decide(update, WRITES, WIDE);
    assertInstanceOf(Decision.RequireApproval.class, decision);
    assertTrue(reasons(decision).contains("cannot be told"));
    assertEquals(
        EnumSet.of(Figure.AFFECTED_ROWS), PolicyEngine.needs(policy(WRITES, WIDE), update));
    assertInstanceOf(Decision.Allow.class, decide(affecting(100, "update", "write"), WRITES, WIDE));
  }

  @Test
  void figureThatCannotChangeTheDecision_isNotNeeded() throws PolicyException {
    String noWrites = "{ id: none, when: { kind: write }, then: deny }";
    StatementSubject update = Subjects.where(WhereState.PRESENT, "update", "write");
    assertEquals(Set.of(), PolicyEngine.needs(policy(noWrites, WIDE), update));
    assertEquals(Set.of(), PolicyEngine.needs(policy(READS, WIDE), Subjects.of("select")));
    assertEquals(
        Set.of(), PolicyEngine.needs(policy(WRITES, WIDE), affecting(1, "update", "write")));
  }

  @Test
  void figuresOfStatementsWithoutRows_neverMatter() throws PolicyException {
    String big = "{ id: big, when: { estimatedRows: { over: 10 } }, then: approve }";
    String all = "{ id: all, when: {}, then: allow }";
    for (String kind : List.of("show", "session", "prepare", "cursor")) {
      assertInstanceOf(Decision.Allow.class, decide(Subjects.of(kind), big, all), kind);
      assertEquals(Set.of(), PolicyEngine.needs(policy(big, all), Subjects.of(kind)));
    }
    assertInstanceOf(Decision.RequireApproval.class, decide(Subjects.of("select"), big, all));
    assertInstanceOf(
        Decision.RequireApproval.class, decide(Subjects.of("create-table", "session"), big, all));
  }

  @Test
  void allowRuleWithAFigure_doesNotProfitFromDoubt() throws PolicyException {
    String odd = "{ id: odd, when: { estimatedRows: { over: 10 } }, then: allow }";
    assertInstanceOf(Decision.Deny.class, decide(Subjects.of("select"), odd));
    assertEquals(
        EnumSet.of(Figure.ESTIMATED_ROWS), PolicyEngine.needs(policy(odd), Subjects.of("select")));
  }

  @Test
  void costLimit_refusesWhatIsKnownToCostMore() throws PolicyException {
    Policy policy =
        PolicyReader.read(
            "version: 1\notherwise: allow\nlimits: { estimatedCost: 1000, rows: 5 }", "p");
    StatementSubject select = Subjects.of("select");
    assertEquals(EnumSet.of(Figure.ESTIMATED_COST), PolicyEngine.needs(policy, select));
    assertEquals(
        OptionalLong.of(5),
        assertInstanceOf(Decision.Allow.class, PolicyEngine.decide(policy, select)).maxRows());
    Decision.Deny deny =
        assertInstanceOf(
            Decision.Deny.class,
            PolicyEngine.decide(
                policy,
                select.withFigures(
                    OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.of(1000.5))));
    assertEquals(
        "the planner expects this statement to cost more than the policy's limit, 1,000",
        reasons(deny));
  }

  @Test
  void transactionControl_runsUnlessARuleDeniesIt() throws PolicyException {
    StatementSubject begin = Subjects.of("transaction");
    assertInstanceOf(Decision.Allow.class, decide(begin, READS));
    assertInstanceOf(
        Decision.Allow.class,
        decide(begin, "{ id: why, when: { intent: missing }, then: approve }"));
    assertInstanceOf(
        Decision.RequireApproval.class,
        decide(begin, "{ id: tx, when: { kind: transaction }, then: approve }"));
    assertInstanceOf(Decision.Deny.class, decide(begin, "{ id: frozen, when: {}, then: deny }"));
  }

  @Test
  void twoPhaseCommit_isAllowedByItsOwnWordOnly() throws PolicyException {
    StatementSubject prepare = Subjects.of("transaction", "two-phase");
    assertInstanceOf(Decision.Deny.class, decide(prepare, READS));
    assertInstanceOf(
        Decision.Deny.class,
        decide(prepare, "{ id: tx, when: { kind: [select, transaction] }, then: allow }"));
    assertInstanceOf(
        Decision.Allow.class,
        decide(prepare, "{ id: tx, when: { kind: two-phase }, then: allow }"));
  }

  @Test
  void decision_alwaysHasAVerdict() throws PolicyException {
    Policy policy = PolicyReader.read("version: 1\notherwise: allow", "p");
    assertEquals(1, PolicyEngine.decide(policy, Subjects.of("select")).verdicts().size());
    assertNotNull(reasons(PolicyEngine.decide(policy, Subjects.of("select"))));
  }
}
