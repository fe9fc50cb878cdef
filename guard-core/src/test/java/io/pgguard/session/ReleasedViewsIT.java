package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner's word for columns of a view releases of the view's rows. */
class ReleasedViewsIT {
  private static final String SCHEMA =
      """
      CREATE TABLE emp (id int PRIMARY KEY, name text, salary int, ssn text);
      CREATE TABLE notes (id int PRIMARY KEY, band text);
      CREATE VIEW salary_bands AS
        SELECT id, CASE WHEN salary < 50000 THEN 'low' ELSE 'high' END AS band, 1 AS one
          FROM emp WHERE salary > 1000 AND ssn IS NOT NULL;
      CREATE VIEW only_rows AS SELECT id, name FROM emp WHERE salary > 1000;
      CREATE VIEW over_bands AS SELECT band FROM salary_bands;
      CREATE VIEW set_bands AS
        SELECT 'x'::text AS band FROM emp WHERE salary > current_setting('a.b')::int;
      CREATE VIEW user_bands AS SELECT 'x'::text AS band FROM emp WHERE ssn = current_user;
      CREATE VIEW in_bands AS
        SELECT 'x'::text AS band FROM (SELECT * FROM set_bands) s;
      """;

  private static final String POLICY =
      """
      version: 1
      classes: { pii: { columns: ["public.emp.ssn", "public.emp.salary"], mask: redact } }
      inference: deny
      declassify: ["public.*_bands.band"]
      rules:
        - { id: all, when: { kind: [select, insert, explain, create-view] }, then: allow }
      otherwise: deny
      """;

  private static PlannedDatabase planned;

  @BeforeAll
  static void load() throws Exception {
    planned = PlannedDatabase.of(SCHEMA, POLICY);
  }

  @AfterAll
  static void close() {
    planned.close();
  }

  private static List<String> rules(String sql) {
    return planned.plan(sql).parts().get(0).decision() instanceof Decision.Deny deny
        ? deny.verdicts().stream().map(Verdict::rule).distinct().toList()
        : List.of();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT band, count(*) FROM salary_bands GROUP BY band",
        "SELECT band FROM salary_bands WHERE band = 'low' ORDER BY band",
        "SELECT count(*) FROM salary_bands",
        "SELECT s.band, n.id FROM salary_bands s JOIN notes n ON n.band = s.band ORDER BY 1, 2",
      })
  void rowsOfAView_areReleasedWithItsColumns(String sql) {
    assertEquals(List.of(), rules(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, band FROM salary_bands",
        "SELECT band FROM salary_bands",
        "SELECT row_number() OVER (), band FROM salary_bands ORDER BY band",
        "SELECT array_agg(band) FROM salary_bands",
        "SELECT band, count(*) FROM salary_bands GROUP BY band LIMIT 1",
        "SELECT band FROM salary_bands LIMIT 1",
        "CREATE TEMP TABLE x AS SELECT band FROM salary_bands",
        "SELECT * FROM salary_bands",
        "SELECT one FROM salary_bands",
        "SELECT salary_bands FROM salary_bands",
        "SELECT band FROM salary_bands WHERE id = 1",
        "SELECT count(*) FROM salary_bands NATURAL JOIN notes",
        "SELECT band FROM salary_bands WHERE 1 / length(band) = 1",
        "SELECT band::int FROM salary_bands",
        "SELECT band FROM over_bands WHERE 1 / length(band) = 1",
        "EXPLAIN SELECT band FROM salary_bands",
        "SELECT id FROM only_rows",
        "SELECT band FROM set_bands",
        "SELECT band FROM user_bands",
        "SELECT band FROM in_bands",
      })
  void rowsOfAView_areNotReleasedBesides(String sql) {
    assertNotEquals(List.of(), rules(sql), sql);
  }
}
