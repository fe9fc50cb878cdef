package io.pgguard.policy;

import io.pgguard.identity.Principal;
import io.pgguard.internal.names.SmallSets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a rule looks at: one statement and who asks for it. Immutable and thread-safe.
 *
 * @param kinds what it is, in the words of {@link KindWords}: its own and those of its groups, and
 *     those of what it carries
 * @param where whether its WHERE clause picks rows
 * @param reads relations that it may read, {@code schema.relation}
 * @param writes relations that it may change, {@code schema.relation}
 * @param functions functions that it may call, {@code schema.name(type, type)}; without parentheses
 *     where the overload is not known
 * @param affectedRows how many rows it would change, if known
 * @param estimatedRows how many rows the planner expects it to bring, if known
 * @param estimatedCost the planner's total cost, if known
 * @param locking whether it locks the rows that it reads ({@code FOR UPDATE} and the like)
 * @param principal who asks
 * @param circumstances what holds around it, as far as rules ask
 * @param findings what Guard itself says of it; ids begin with {@code guard.}
 * @param besides what it makes the server do that it does not ask for
 * @param columns which columns it reads and sets
 */
public record StatementSubject(
    Set<String> kinds,
    WhereState where,
    Set<String> reads,
    Set<String> writes,
    Set<String> functions,
    OptionalLong affectedRows,
    OptionalLong estimatedRows,
    OptionalDouble estimatedCost,
    boolean locking,
    Principal principal,
    Circumstances circumstances,
    List<Verdict> findings,
    Besides besides,
    ColumnUse columns) {
  public StatementSubject {
    kinds = SmallSets.copy(kinds);
    Objects.requireNonNull(where, "where");
    reads = SmallSets.copy(reads);
    writes = SmallSets.copy(writes);
    functions = SmallSets.copy(functions);
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(circumstances, "circumstances");
    findings = List.copyOf(findings);
    Objects.requireNonNull(besides, "besides");
    Objects.requireNonNull(columns, "columns");
  }

  /** A statement that touches no column, and makes the server do nothing but what it asks for. */
  public StatementSubject(
      Set<String> kinds,
      WhereState where,
      Set<String> reads,
      Set<String> writes,
      Set<String> functions,
      OptionalLong affectedRows,
      OptionalLong estimatedRows,
      OptionalDouble estimatedCost,
      boolean locking,
      Principal principal,
      Circumstances circumstances,
      List<Verdict> findings) {
    this(
        kinds,
        where,
        reads,
        writes,
        functions,
        affectedRows,
        estimatedRows,
        estimatedCost,
        locking,
        principal,
        circumstances,
        findings,
        Besides.NOTHING,
        ColumnUse.NONE);
  }

  /** The same statement with another word on its WHERE clause. */
  public StatementSubject withWhere(WhereState other) {
    return with(kinds, other, findings, affectedRows, estimatedRows, estimatedCost);
  }

  /** The same statement with words for what else it does. */
  public StatementSubject withKinds(Set<String> others) {
    Set<String> all = new HashSet<>(kinds);
    all.addAll(others);
    return with(all, where, findings, affectedRows, estimatedRows, estimatedCost);
  }

  /** The same statement with one more thing that Guard itself says of it. */
  public StatementSubject withFinding(Verdict finding) {
    List<Verdict> all = new ArrayList<>(findings);
    all.add(finding);
    return with(kinds, where, all, affectedRows, estimatedRows, estimatedCost);
  }

  /** The same statement without what Guard itself says of it under a rule. */
  public StatementSubject withoutFinding(String rule) {
    List<Verdict> others = new ArrayList<>(findings);
    others.removeIf(finding -> finding.rule().equals(rule));
    return with(kinds, where, others, affectedRows, estimatedRows, estimatedCost);
  }

  /** The same statement with other figures. */
  public StatementSubject withFigures(
      OptionalLong affected, OptionalLong rows, OptionalDouble cost) {
    return with(kinds, where, findings, affected, rows, cost);
  }

  private StatementSubject with(
      Set<String> newKinds,
      WhereState newWhere,
      List<Verdict> newFindings,
      OptionalLong affected,
      OptionalLong rows,
      OptionalDouble cost) {
    return new StatementSubject(
        newKinds,
        newWhere,
        reads,
        writes,
        functions,
        affected,
        rows,
        cost,
        locking,
        principal,
        circumstances,
        newFindings,
        besides,
        columns);
  }
}
