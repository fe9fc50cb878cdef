package io.pgguard.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pgguard.audit.ApprovalEvent;
import io.pgguard.audit.AuditEvent;
import io.pgguard.audit.StatementEvent.StatementAbandoned;
import io.pgguard.audit.StatementEvent.StatementCompleted;
import io.pgguard.audit.StatementEvent.StatementDecided;
import io.pgguard.audit.StatementEvent.StatementFailed;
import io.pgguard.policy.Verdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What the proxy counts, for Prometheus. No label holds a text, a value or a name of a person.
 * Thread-safe.
 */
public final class ProxyMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Verdict.Outcome, Map<String, Counter>> decisions =
      new EnumMap<>(Verdict.Outcome.class);
  private final Map<String, Counter> logins = new ConcurrentHashMap<>();
  private final Map<String, Counter> approvals = new ConcurrentHashMap<>();
  private final Map<String, Counter> ends = new ConcurrentHashMap<>();
  private final Counter masked =
      Counter.builder("guard.results.masked")
          .description("Results of which at least one column was masked")
          .register(registry);
  private final Timer statements =
      Timer.builder("guard.statement.time")
          .description("From the decision to the end of a statement")
          .serviceLevelObjectives(
              Duration.ofNanos(100_000),
              Duration.ofNanos(500_000),
              Duration.ofMillis(1),
              Duration.ofMillis(5),
              Duration.ofMillis(25),
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofSeconds(10))
          .register(registry);

  /** Counts from the start on. */
  public ProxyMetrics() {
    for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
      decisions.put(outcome, new ConcurrentHashMap<>());
    }
  }

  /** Measures something each time that it is asked for. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /**
   * A client was let in, or was not.
   *
   * @param outcome one of a few words
   */
  public void login(String outcome) {
    logins
        .computeIfAbsent(
            outcome,
            word ->
                Counter.builder("guard.logins")
                    .description("Connections by how their opening ended")
                    .tag("outcome", word)
                    .register(registry))
        .increment();
  }

  /** Hears of every event of the audit log. */
  public void heard(AuditEvent event) {
    if (event instanceof StatementDecided decided) {
      decided(decided);
    } else if (event instanceof StatementCompleted completed) {
      ended("completed");
      statements.record(completed.durationNanos(), TimeUnit.NANOSECONDS);
      if (!completed.masked().isEmpty()) {
        masked.increment();
      }
    } else if (event instanceof StatementFailed failed) {
      ended("failed");
      statements.record(failed.durationNanos(), TimeUnit.NANOSECONDS);
    } else if (event instanceof StatementAbandoned) {
      ended("abandoned");
    } else if (event instanceof ApprovalEvent approval) {
      approval(approval);
    }
  }

  private void decided(StatementDecided event) {
    String rule = "";
    for (Verdict verdict : event.verdicts()) {
      if (verdict.outcome() == event.outcome()) {
        rule = verdict.rule();
        break;
      }
    }
    counter(event.outcome(), rule).increment();
  }

  private Counter counter(Verdict.Outcome outcome, String rule) {
    Map<String, Counter> byRule = decisions.getOrDefault(outcome, Map.of());
    Counter known = byRule.get(rule); // which locks nothing, unlike what follows
    return known != null
        ? known
        : byRule.computeIfAbsent(
            rule,
            word ->
                Counter.builder("guard.statements")
                    .description("Statements by decision and the first rule that made it")
                    .tag("decision", outcome.name().toLowerCase(Locale.ROOT))
                    .tag("rule", word)
                    .register(registry));
  }

  private void ended(String how) {
    Counter known = ends.get(how);
    Counter counter =
        known != null
            ? known
            : ends.computeIfAbsent(
                how,
                word ->
                    Counter.builder("guard.statement.ends")
                        .description("Statements that were let through by how they ended")
                        .tag("end", word)
                        .register(registry));
    counter.increment();
  }

  private void approval(ApprovalEvent event) {
    String step =
        event instanceof ApprovalEvent.ApprovalOpened
            ? "opened"
            : event instanceof ApprovalEvent.ApprovalDecided decided
                ? (decided.granted() ? "granted" : "refused")
                : event instanceof ApprovalEvent.ApprovalRedeemed
                    ? "used"
                    : event instanceof ApprovalEvent.ApprovalRevoked ? "revoked" : "expired";
    approvals
        .computeIfAbsent(
            step,
            word ->
                Counter.builder("guard.approvals")
                    .description("Steps of approval requests")
                    .tag("step", word)
                    .register(registry))
        .increment();
  }

  /** All of it in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }
}
