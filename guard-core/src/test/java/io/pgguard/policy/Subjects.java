package io.pgguard.policy;

import io.pgguard.identity.Principal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Statements for the tests of policies, each changed one thing at a time. */
final class Subjects {
  static final Principal AGENT = new Principal("ada", Set.of("analysts"), "assistant", "model-1");

  private Subjects() {}

  static StatementSubject of(String... kinds) {
    return full(Set.of(kinds), WhereState.NOT_APPLICABLE, Set.of(), Set.of(), Set.of());
  }

  static StatementSubject where(WhereState where, String... kinds) {
    return full(Set.of(kinds), where, Set.of(), Set.of(), Set.of());
  }

  static StatementSubject writing(Set<String> writes, String... kinds) {
    return full(Set.of(kinds), WhereState.PRESENT, Set.of(), writes, Set.of());
  }

  static StatementSubject reading(Set<String> reads, String... kinds) {
    return full(Set.of(kinds), WhereState.PRESENT, reads, Set.of(), Set.of());
  }

  static StatementSubject calling(Set<String> functions, String... kinds) {
    return full(Set.of(kinds), WhereState.PRESENT, Set.of(), Set.of(), functions);
  }

  static StatementSubject finding(StatementSubject s, Verdict... findings) {
    return new StatementSubject(
        s.kinds(),
        s.where(),
        s.reads(),
        s.writes(),
        s.functions(),
        s.affectedRows(),
        s.estimatedRows(),
        s.estimatedCost(),
        s.locking(),
        s.principal(),
        s.circumstances(),
        List.of(findings));
  }

  static StatementSubject by(StatementSubject s, Principal principal, String intent) {
    return new StatementSubject(
        s.kinds(),
        s.where(),
        s.reads(),
        s.writes(),
        s.functions(),
        s.affectedRows(),
        s.estimatedRows(),
        s.estimatedCost(),
        s.locking(),
        principal,
        Circumstances.of(intent != null && !intent.isBlank()),
        s.findings());
  }

  static StatementSubject full(
      Set<String> kinds,
      WhereState where,
      Set<String> reads,
      Set<String> writes,
      Set<String> functions) {
    return new StatementSubject(
        kinds,
        where,
        reads,
        writes,
        functions,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        false,
        AGENT,
        Circumstances.UNSTATED,
        List.of());
  }
}
