package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogBuilder;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.identity.Principal;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.LineageAnalyzer;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyException;
import io.pgguard.policy.PolicyReader;
import io.pgguard.policy.Verdict;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import java.util.List;
import java.util.Set;

/** Two relations, one of them protected, and what a session sees of them. */
public final class SmallWorld {
  static final Principal ANA = new Principal("ana@example.com", Set.of("analysts"), null, null);
  static final SearchPath PATH = SearchPath.of("pg_catalog", "public");
  public static final Catalog CATALOG =
      new CatalogBuilder("demo", 180000)
          .add(new TypeInfo(16, "pg_catalog", "bool", TypeInfo.Kind.BASE, 'B', 0, 0, 0))
          .add(new TypeInfo(23, "pg_catalog", "int4", TypeInfo.Kind.BASE, 'N', 0, 0, 0))
          .add(new TypeInfo(25, "pg_catalog", "text", TypeInfo.Kind.BASE, 'S', 0, 0, 0))
          .add(new TypeInfo(705, "pg_catalog", "unknown", TypeInfo.Kind.PSEUDO, 'X', 0, 0, 0))
          .add(relation(100, "customers", "id", "ssn"))
          .add(relation(200, "orders", "id", "status"))
          .build();

  private static final String POLICY =
      """
      version: 1
      classes: { pii.ssn: { columns: ["*.customers.ssn"], mask: redact } }
      inference: %s
      rules: [ { id: all, when: { kind: select }, then: allow } ]
      otherwise: deny
      """;

  private SmallWorld() {}

  private static Relation relation(int oid, String name, String first, String second) {
    return new Relation(
        oid,
        "public",
        name,
        RelationKind.TABLE,
        List.of(new Column(1, first, 23, false), new Column(2, second, 25, false)),
        List.of(),
        List.of(),
        null,
        List.of(),
        false);
  }

  static Policy policy(String inference) {
    try {
      return PolicyReader.read(POLICY.formatted(inference), "test");
    } catch (PolicyException e) {
      throw new AssertionError(e);
    }
  }

  public static Perspective perspective(String inference) {
    Policy policy = policy(inference);
    return new Perspective(
        CATALOG,
        policy,
        ANA,
        Circumstances.UNSTATED,
        Protections.of(
            CATALOG, new LineageAnalyzer(CATALOG), policy, policy.classesHiddenFrom(ANA)),
        PATH,
        SessionObjects.NONE,
        java.util.Map.of(),
        Unseen.NOTHING);
  }

  /** What Guard itself says of a statement. */
  static List<Verdict> findings(String inference, String sql) {
    Perspective perspective = perspective(inference);
    StatementText text;
    try {
      text = StatementReader.read(sql);
    } catch (io.pgguard.statement.LexicalException e) {
      throw new AssertionError(e);
    }
    StatementFacts facts = text.statements().get(0);
    Lineage lineage =
        StatementJudge.tree(facts, text.tokens()) instanceof ParseResult.Parsed parsed
            ? new LineageAnalyzer(CATALOG).analyze(parsed.statement(), PATH, SessionObjects.NONE)
            : new Lineage.Unknown("it has no tree");
    Findings findings = new Findings(perspective);
    findings.ofFacts(facts);
    findings.ofWords(facts, text.tokens(), facts.identifiers().contains("customers"), null);
    findings.ofLineage(lineage, facts, facts.identifiers().contains("customers"));
    return findings.found();
  }
}
