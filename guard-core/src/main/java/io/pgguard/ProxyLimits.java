package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pgguard.policy.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much the wire proxy holds at a time, and how long: the key {@code proxy.limits} of {@code
 * guard.yaml}. Immutable.
 *
 * @param sessions in all; more are refused with 53300, as the next two
 * @param sessionsPerPrincipal of one principal
 * @param sessionsPerAddress from one address
 * @param openings connections that have not logged in yet; more are closed
 * @param loginTime how long a connection may take to log in
 * @param failedLogins how many logins from one address may fail within {@code failedLoginsWithin};
 *     then that address has to wait
 * @param failedLoginsWithin over which time they are counted
 * @param idleTime after which time without a statement, outside a transaction, a session is ended
 *     (57P05); null for never
 * @param sessionTime after which time a session is ended (57P01) as soon as it is outside a
 *     transaction and nothing runs; null for never
 */
public record ProxyLimits(
    int sessions,
    int sessionsPerPrincipal,
    int sessionsPerAddress,
    int openings,
    Duration loginTime,
    int failedLogins,
    Duration failedLoginsWithin,
    @Nullable Duration idleTime,
    @Nullable Duration sessionTime) {

  /** What holds where the configuration says nothing. */
  static final ProxyLimits USUAL =
      new ProxyLimits(null, null, null, null, (String) null, null, null, null, null);

  @JsonCreator
  public ProxyLimits(
      @JsonProperty("sessions") @Nullable Integer sessions,
      @JsonProperty("sessionsPerPrincipal") @Nullable Integer sessionsPerPrincipal,
      @JsonProperty("sessionsPerAddress") @Nullable Integer sessionsPerAddress,
      @JsonProperty("openings") @Nullable Integer openings,
      @JsonProperty("loginTime") @Nullable String loginTime,
      @JsonProperty("failedLogins") @Nullable Integer failedLogins,
      @JsonProperty("failedLoginsWithin") @Nullable String failedLoginsWithin,
      @JsonProperty("idleTime") @Nullable String idleTime,
      @JsonProperty("sessionTime") @Nullable String sessionTime) {
    this(
        positive("sessions", sessions, 1000),
        positive("sessionsPerPrincipal", sessionsPerPrincipal, 200),
        positive("sessionsPerAddress", sessionsPerAddress, 500),
        positive("openings", openings, 200),
        time("loginTime", loginTime == null ? "60s" : loginTime),
        positive("failedLogins", failedLogins, 20),
        time("failedLoginsWithin", failedLoginsWithin == null ? "1m" : failedLoginsWithin),
        idleTime == null ? null : time("idleTime", idleTime),
        sessionTime == null ? null : time("sessionTime", sessionTime));
  }

  private static int positive(String key, @Nullable Integer value, int usual) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException("proxy.limits." + key + " must be at least 1");
    }
    return value == null ? usual : value;
  }

  private static Duration time(String key, String text) {
    try {
      return Durations.of(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("proxy.limits." + key + ": " + e.getMessage(), e);
    }
  }
}
