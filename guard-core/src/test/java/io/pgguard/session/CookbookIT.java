package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.identity.Principal;
import io.pgguard.judge.OutputTreatment;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyReader;
import io.pgguard.policy.Surroundings;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What docs/policy-cookbook.md says of each of its policies is so. */
class CookbookIT {
  private static final String SCHEMA =
      """
      CREATE SCHEMA hr; CREATE SCHEMA queue; CREATE SCHEMA audit; CREATE SCHEMA app;
      CREATE SCHEMA scratch;
      CREATE TABLE customers (id int PRIMARY KEY, name text, email text, phone text, ssn text,
          city text, region text);
      CREATE TABLE orders (id int PRIMARY KEY, customer int, total numeric, status text,
          placed date);
      CREATE TABLE hr.employees (id int PRIMARY KEY, name text, dept int, salary numeric,
          manager int);
      CREATE TABLE hr.reviews (employee int, note text);
      CREATE VIEW hr.pay_by_dept AS
          SELECT dept, avg(salary) AS average FROM hr.employees GROUP BY dept;
      CREATE TABLE queue.jobs (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload text);
      CREATE TABLE audit.events (at timestamptz, what text);
      CREATE VIEW customer_names AS SELECT id, name, city FROM customers;
      CREATE FUNCTION app.report_total(int) RETURNS int LANGUAGE sql STABLE AS 'SELECT $1';
      CREATE FUNCTION app.close_month(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
      """;

  private static final Pattern RECIPE =
      Pattern.compile("(?s)### (\\d+\\. [^\n]*)\n\n```yaml\n(.*?)```\n```text\n(.*?)```");
  private static final Pattern LINE = Pattern.compile("([a-z]+)((?: +\\([a-z]+: [^)]*\\))*) +(.*)");
  private static final Pattern GIVEN = Pattern.compile("\\(([a-z]+): ([^)]*)\\)");

  private static PlannedDatabase planned;

  @BeforeAll
  static void create() throws Exception {
    planned = PlannedDatabase.of(SCHEMA, "version: 1\n");
  }

  @AfterAll
  static void drop() {
    planned.close();
  }

  @TestFactory
  List<DynamicTest> eachPolicy_doesWhatTheCookbookSays() throws Exception {
    String document = Files.readString(Path.of("..", "docs", "policy-cookbook.md"));
    List<DynamicTest> tests = new ArrayList<>();
    for (MatchResult recipe : RECIPE.matcher(document).results().toList()) {
      tests.add(
          DynamicTest.dynamicTest(
              recipe.group(1), () -> assertRecipe(recipe.group(2), recipe.group(3))));
    }
    assertEquals(document.split("### [0-9]").length - 1, tests.size(), "recipes of the right form");
    return tests;
  }

  private static void assertRecipe(String yaml, String lines) throws Exception {
    Policy policy = PolicyReader.read(yaml, "policy-cookbook.md");
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> words = new TreeMap<>();
    for (String line : lines.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      assertTrue(matcher.matches(), line);
      String word = matcher.group(1);
      words.merge(word, 1, Integer::sum);
      String found = outcome(seen(policy, matcher.group(2)), matcher.group(3));
      if (!found.equals(word)) {
        wrong.add(line + "  <- " + found);
      }
    }
    assertEquals(List.of(), wrong);
    int stopping = words.getOrDefault("stops", 0) + words.getOrDefault("holds", 0);
    int passing = words.values().stream().mapToInt(count -> count).sum() - stopping;
    assertTrue(passing >= 1 && stopping >= 2, words.toString());
  }

  /** How a session sees the policy, with what a line says of who asks and what holds around it. */
  private static Perspective seen(Policy policy, String given) throws Exception {
    Map<String, String> said = new TreeMap<>();
    GIVEN.matcher(given).results().forEach(one -> said.put(one.group(1), one.group(2)));
    Principal principal =
        new Principal(
            "ada",
            Set.of(said.getOrDefault("groups", "analysts").split(", *")),
            said.getOrDefault("agent", "report-bot"),
            null);
    String from = said.get("from");
    Surroundings around =
        new Surroundings(
            "shop",
            said.containsKey("env") ? Set.of(said.get("env")) : Set.of(),
            from == null ? "jdbc" : "proxy",
            from == null ? null : InetAddress.getByName(from));
    Instant at = Instant.parse(said.getOrDefault("at", "2026-12-01T12:00:00Z"));
    Perspective plain = planned.perspective;
    return new Perspective(
        plain.catalog(),
        policy,
        principal,
        Circumstances.of(policy, around, said.get("intent"), at),
        planned.database().protections(plain.catalog(), policy, principal),
        plain.path(),
        plain.objects(),
        plain.prepared(),
        plain.unseen());
  }

  private static String outcome(Perspective seen, String sql) {
    StatementAnalysis part = planned.plan(sql, seen).parts().get(0);
    if (part.decision() instanceof Decision.Deny) {
      return "stops";
    } else if (part.decision() instanceof Decision.RequireApproval) {
      return "holds";
    } else if (part.counting() != null) {
      return "counts";
    } else if (part.forecast() != null) {
      return "asks";
    }
    return part.treatments().stream().allMatch(OutputTreatment::clean) ? "passes" : "masks";
  }
}
