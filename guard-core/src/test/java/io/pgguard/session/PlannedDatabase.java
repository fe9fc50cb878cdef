package io.pgguard.session;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.catalog.JdbcCatalogQueries;
import io.pgguard.catalog.SearchPath;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Analyzers;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.StatementJudge;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.LineageAnalyzer;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.plan.TextAnalyzer;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyException;
import io.pgguard.policy.PolicyReader;
import io.pgguard.policy.Verdict;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A database with a small schema, and a policy that protects two of its columns, for tests of
 * plans.
 */
public final class PlannedDatabase implements AutoCloseable {
  private final Database database;
  final Perspective perspective;

  private PlannedDatabase(Database database, Perspective perspective) {
    this.database = database;
    this.perspective = perspective;
  }

  /** A new database with what a script makes, seen by the policy. */
  public static PlannedDatabase of(String schema, String policy) throws Exception {
    String name = TestPostgres.shared().createDatabase("plans");
    TestPostgres.shared().execute(name, schema);
    Database database = new Database(new Access(name), Duration.ofMinutes(10));
    Policy read = PolicyReader.read(policy, "policy.yaml");
    Principal principal = new Principal("ada", Set.of("analysts"), "agent", "model");
    return new PlannedDatabase(
        database,
        new Perspective(
            database.catalog(),
            read,
            principal,
            Circumstances.UNSTATED,
            database.protections(database.catalog(), read, principal),
            SearchPath.of("pg_catalog", "public"),
            SessionObjects.NONE,
            Map.of(),
            Unseen.NOTHING));
  }

  /** The same database seen by another policy, along a path; it is closed with this one. */
  PlannedDatabase under(String policy, String... path) throws PolicyException {
    Policy read = PolicyReader.read(policy, "policy.yaml");
    Principal principal = perspective.principal();
    return new PlannedDatabase(
        database,
        new Perspective(
            database.catalog(),
            read,
            principal,
            Circumstances.UNSTATED,
            database.protections(database.catalog(), read, principal),
            SearchPath.of(path),
            SessionObjects.NONE,
            Map.of(),
            Unseen.NOTHING));
  }

  /** What sessions on it share. */
  Database database() {
    return database;
  }

  /** With the test's own schema and policy. */
  public static PlannedDatabase small() throws Exception {
    return of(resource("schema.sql"), resource("policy.yaml"));
  }

  /** The test's own statements, one a line. */
  public static List<String> statements() throws IOException {
    return resource("statements.sql").lines().filter(line -> !line.isBlank()).toList();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PlannedDatabase.class.getResourceAsStream("/session/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Another perspective on the same. */
  public Perspective withPolicy(String policy) throws Exception {
    Policy read = PolicyReader.read(policy, "policy.yaml");
    return new Perspective(
        perspective.catalog(),
        read,
        perspective.principal(),
        Circumstances.UNSTATED,
        database.protections(perspective.catalog(), read, perspective.principal()),
        perspective.path(),
        perspective.objects(),
        perspective.prepared(),
        Unseen.NOTHING);
  }

  /** The same with nothing worked out yet for its catalog. */
  PlannedDatabase withNothingKnown() {
    Policy policy = perspective.policy();
    return new PlannedDatabase(
        database,
        new Perspective(
            perspective.catalog(),
            policy,
            perspective.principal(),
            Circumstances.UNSTATED,
            Protections.of(
                perspective.catalog(),
                new LineageAnalyzer(perspective.catalog()),
                policy,
                policy.classesHiddenFrom(perspective.principal())),
            perspective.path(),
            SessionObjects.NONE,
            Map.of(),
            Unseen.NOTHING));
  }

  /** Guard's own way to the database. */
  public DatabaseAccess access() {
    return database.access();
  }

  /** The rules by which a statement is refused; none where it is not. */
  static List<String> refusedBy(StatementAnalysis part) {
    return part.decision() instanceof Decision.Deny deny
        ? deny.verdicts().stream()
            .filter(verdict -> verdict.outcome() == Verdict.Outcome.DENY)
            .map(Verdict::rule)
            .distinct()
            .toList()
        : List.of();
  }

  /** A plan that no cache had a part in. */
  public TextPlan fresh(String text) {
    return new TextAnalyzer(new StatementJudge(new Analyzers()), database::catalog)
        .plan(TextAnalyzer.read(text), perspective);
  }

  public TextPlan plan(String text) {
    return plan(text, perspective);
  }

  public TextPlan plan(String text, Perspective other) {
    return database.plan(text, other);
  }

  @Override
  public void close() {
    database.close();
  }

  record Access(String database) implements DatabaseAccess {
    @Override
    public String address() {
      return TestPostgres.shared().host() + ":" + TestPostgres.shared().port() + "/" + database;
    }

    @Override
    public String user() {
      return TestPostgres.shared().user();
    }

    @Override
    public CatalogQueries connect() {
      try {
        Connection connection = TestPostgres.shared().connect(database);
        return new JdbcCatalogQueries(connection);
      } catch (SQLException e) {
        throw new CatalogUnavailableException("no connection", e);
      }
    }

    @Override
    public void close() {}
  }
}
