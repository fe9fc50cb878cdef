package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyReader;
import io.pgguard.result.RowAllowance;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A cursor that nobody declared by SQL has one allowance over all that is fetched from it. */
class CursorRowsTest {
  private final CursorRows rows = new CursorRows();

  private static Policy policy(String rules) throws Exception {
    return PolicyReader.read("version: 1\nrules: [ " + rules + " ]", "p.yaml");
  }

  private static StatementFacts facts(String sql) throws Exception {
    return StatementReader.read(sql).statements().get(0);
  }

  private @Nullable RowAllowance of(String sql, String rules) throws Exception {
    return rows.of(facts(sql), null, policy(rules));
  }

  @Test
  void cursorThatNobodyDeclared_countsOverItsFetchesUntilItGoes() throws Exception {
    String rule = "{ id: a, when: { kind: select }, then: allow, maxRows: 5 }";
    RowAllowance first = of("FETCH 3 FROM c", rule);
    assertSame(first, of("FETCH BACKWARD ALL FROM c", rule));
    assertNotSame(first, of("FETCH d", rule));
    rows.closed("c");
    RowAllowance second = of("FETCH c", rule);
    assertNotSame(first, second);
    rows.transactionEnded();
    assertNotSame(second, of("FETCH c", rule));
  }

  @Test
  void otherStatements_andUnboundedPolicies_haveNone() throws Exception {
    assertNull(of("SELECT 1", "{ id: a, when: {}, then: allow, maxRows: 5 }"));
    assertNull(of("FETCH c", "{ id: a, when: {}, then: allow }"));
  }
}
