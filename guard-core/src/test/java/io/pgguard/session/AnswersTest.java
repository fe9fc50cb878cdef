package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.judge.SmallWorld;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.Touched;
import io.pgguard.lineage.Lineage;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import io.pgguard.reach.Reach;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static StatementAnalysis denied(Verdict... verdicts) {
    try {
      return new StatementAnalysis(
          StatementReader.read("SELECT 1").statements().get(0),
          "SELECT 1",
          new Lineage.Unknown("test"),
          false,
          List.of(),
          new Decision.Deny(List.of(verdicts)),
          "tokens",
          SmallWorld.perspective("equality").protections(),
          Reach.NOTHING,
          Touched.by(
              StatementReader.read("SELECT 1").statements().get(0),
              new Lineage.Unknown("test"),
              Reach.NOTHING,
              SmallWorld.perspective("equality")),
          List.of(),
          null,
          null);
    } catch (LexicalException e) {
      throw new AssertionError(e);
    }
  }

  private static Verdict deny(String rule, String reason, @Nullable String hint) {
    return new Verdict(rule, Verdict.Outcome.DENY, reason, hint);
  }

  @Test
  void denied_saysWhatByWhichRuleAndWhatToDo() {
    Refusal refusal =
        Answers.denied(List.of(denied(deny("no-drop", "it drops", "Ask in the DBA channel."))));
    assertEquals("42501", refusal.sqlState());
    assertEquals("Guard refused this statement (rule no-drop): it drops", refusal.message());
    assertNull(refusal.detail());
    assertEquals("Ask in the DBA channel.", refusal.hint());
    assertNull(refusal.approvalRequestId());
  }

  @Test
  void deniedByMany_namesThemAllOnce() {
    Verdict first = deny("a", "one", null);
    Verdict second = deny("b", "two", "Do this.");
    Verdict allowed = new Verdict("c", Verdict.Outcome.ALLOW, "fine", "No hint of mine.");
    Refusal refusal = Answers.denied(List.of(denied(first, second, allowed), denied(second)));
    assertEquals("Guard refused this statement (rule a): one", refusal.message());
    assertEquals("Also refused by b: two", refusal.detail());
    assertEquals("Do this.", refusal.hint());
  }

  @Test
  void deniedWithoutAdvice_saysThatNothingRan() {
    String hint = Answers.denied(List.of(denied(deny("a", "one", null)))).hint();
    assertTrue(String.valueOf(hint).startsWith("Nothing was run."), hint);
  }

  @Test
  void waiting_carriesTheRequestEverywhere() {
    Refusal refusal = Answers.waiting("r-1", "status: it updates orders");
    assertEquals("r-1", refusal.approvalRequestId());
    assertTrue(refusal.message().contains("(request r-1): status: it updates orders"));
    assertTrue(String.valueOf(refusal.hint()).contains("after request r-1 was granted"));
  }

  @Test
  void turnedDown_saysWhoAndNotToRepeat() {
    Refusal refusal = Answers.turnedDown("r-2", "dora said no");
    assertEquals("r-2", refusal.approvalRequestId());
    assertTrue(refusal.message().endsWith("(request r-2): dora said no"));
    assertTrue(String.valueOf(refusal.hint()).startsWith("Do not run it again as it is"));
  }

  @Test
  void noCatalog_isNoRefusalOfThePolicy() {
    Refusal refusal = Answers.noCatalog(new CatalogUnavailableException("the server is away"));
    assertEquals("58000", refusal.sqlState());
    assertTrue(String.valueOf(refusal.detail()).startsWith("Nothing was run"));
  }

  @Test
  void refusal_asTheServerWouldSendIt() {
    ServerMessage message = Answers.waiting("r", "w").asServerMessage();
    assertEquals("ERROR", message.field('S'));
    assertEquals("ERROR", message.field('V'));
    assertEquals("42501", message.field('C'));
  }
}
