package io.pgguard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.judge.Planned;
import org.junit.jupiter.api.Test;

/** The rows that a plan brings or changes, from plans as PostgreSQL 18 prints them. */
class PlannerFiguresTest {
  @Test
  void query_rowsOfTheWholePlan() {
    assertEquals(7, rows("{'Node Type': 'Limit', 'Plan Rows': 7, 'Plans': [{'Plan Rows': 900}]}"));
  }

  @Test
  void subqueryBesideAnUpdate_isNotWhatTheUpdateChanges() {
    assertEquals(
        2,
        rows(
            "{'Node Type': 'ModifyTable', 'Plan Rows': 0, 'Plans': ["
                + "{'Node Type': 'Seq Scan', 'Parent Relationship': 'InitPlan', 'Plan Rows': 240},"
                + "{'Node Type': 'Seq Scan', 'Parent Relationship': 'Outer', 'Plan Rows': 2}]}"));
  }

  @Test
  void updateUnderWith_itsRowsCount() {
    assertEquals(
        240,
        rows(
            "{'Node Type': 'Result', 'Plan Rows': 1, 'Plans': ["
                + "{'Node Type': 'ModifyTable', 'Parent Relationship': 'InitPlan', 'Plan Rows': 240,"
                + " 'Plans': [{'Node Type': 'Seq Scan', 'Parent Relationship': 'Outer',"
                + " 'Plan Rows': 240}]}]}"));
  }

  @Test
  void queryOverAnUpdateUnderWith_changesOnlyWhatTheUpdateDoes() {
    String plan =
        "{'Node Type': 'Nested Loop', 'Plan Rows': 4320, 'Plans': ["
            + "{'Node Type': 'ModifyTable', 'Parent Relationship': 'InitPlan', 'Plan Rows': 1,"
            + " 'Plans': [{'Node Type': 'Limit', 'Parent Relationship': 'Outer', 'Plan Rows': 1}]}]}";
    assertEquals(4320, rows(plan));
  }

  private static long rows(String plan) {
    return figures(plan).rows().orElseThrow();
  }

  private static Planned figures(String plan) {
    String json = "[{'Plan': " + plan + "}]";
    return PlannerFigures.read(json.replace('\'', '"'));
  }
}
