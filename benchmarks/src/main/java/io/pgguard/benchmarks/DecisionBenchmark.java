package io.pgguard.benchmarks;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyEngine;
import io.pgguard.policy.PolicyException;
import io.pgguard.policy.PolicyReader;
import io.pgguard.policy.StatementSubject;
import io.pgguard.policy.WhereState;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to decide by 20 rules? Bar: under 1 us.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar Decision -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {
  private final Policy policy = policy();
  private final StatementSubject select = subject(Set.of("select"), Set.of());
  private final StatementSubject insert =
      subject(Set.of("insert", "write"), Set.of("public.orders"));

  private static Policy policy() {
    StringBuilder yaml = new StringBuilder("version: 1\nrules:\n");
    for (int i = 0; i < 5; i++) {
      yaml.append("  - { id: a")
          .append(i)
          .append(", when: { kind: [drop, truncate] }, then: deny }\n");
      yaml.append("  - { id: b")
          .append(i)
          .append(", when: { kind: [update, delete], where: missing }, then: deny }\n");
      yaml.append("  - { id: c")
          .append(i)
          .append(", when: { writes: ['prod.*', '*.secret*'] }, then: approve }\n");
      yaml.append("  - { id: d").append(i).append(", when: { reads: ['hr.*'] }, then: deny }\n");
    }
    yaml.append("  - { id: reads, when: { kind: [select, insert] }, then: allow }\n");
    try {
      return PolicyReader.read(yaml.toString(), "benchmark.yaml");
    } catch (PolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StatementSubject subject(Set<String> kinds, Set<String> writes) {
    return new StatementSubject(
        kinds,
        WhereState.NOT_APPLICABLE,
        Set.of("public.customers", "public.orders"),
        writes,
        Set.of("pg_catalog.count(*)"),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        false,
        new Principal("ada", Set.of("analysts"), "assistant", "model"),
        Circumstances.STATED,
        List.of());
  }

  /** A query of two relations. */
  @Benchmark
  public Decision select() {
    return PolicyEngine.decide(policy, select);
  }

  /** A change of one relation. */
  @Benchmark
  public Decision insert() {
    return PolicyEngine.decide(policy, insert);
  }
}
