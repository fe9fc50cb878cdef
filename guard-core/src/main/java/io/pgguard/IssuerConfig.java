package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pgguard.policy.Durations;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One issuer whose tokens are taken. Immutable.
 *
 * @param issuer what a token's {@code iss} must be
 * @param audience what a token's {@code aud} must hold: Guard's own
 * @param keys a file with the issuer's keys (JWK Set), or their https address; null where the
 *     issuer's own discovery tells it
 * @param algorithms which algorithms may have signed
 * @param subject the claim that names the account
 * @param person the claim that names the person behind the account, or null for the account itself
 * @param groups the claim that holds the groups
 * @param model the claim that names the model, or null
 * @param tools clients by which people work themselves, and which are no agents
 * @param services by what services are known, beside a subject that is the client; or null
 * @param acceptsIdTokens whether ID tokens count too, for a provider that has no others
 * @param skew how far the issuer's clock may be ahead of this machine's
 * @param refresh how old keys are when they are asked for anew
 * @param kept how old they may become while the issuer does not answer
 * @param claims the claims that policies may use besides: texts, numbers and truth values
 */
public record IssuerConfig(
    String issuer,
    String audience,
    @Nullable String keys,
    Set<String> algorithms,
    String subject,
    @Nullable String person,
    String groups,
    @Nullable String model,
    Set<String> tools,
    @Nullable Services services,
    boolean acceptsIdTokens,
    Duration skew,
    Duration refresh,
    Duration kept,
    Set<String> claims) {

  /** What may have signed a token: never none, and never a key that both sides have. */
  private static final Set<String> ASYMMETRIC =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final Duration MOST_SKEW = Duration.ofMinutes(5);
  private static final Duration LEAST_REFRESH = Duration.ofSeconds(10);

  public IssuerConfig {
    algorithms = Set.copyOf(algorithms);
    tools = Set.copyOf(tools);
    claims = Set.copyOf(claims);
    if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
      throw new IllegalArgumentException(
          "identity.issuers.algorithms must be some of " + new TreeSet<>(ASYMMETRIC));
    }
    if (skew.compareTo(MOST_SKEW) > 0) {
      throw new IllegalArgumentException("identity.issuers.skew must be at most 5m");
    }
    if (refresh.compareTo(LEAST_REFRESH) < 0 || kept.compareTo(refresh) < 0) {
      throw new IllegalArgumentException(
          "identity.issuers.refresh must be at least 10s, and kept not less than that");
    }
  }

  @JsonCreator
  static IssuerConfig of(
      @JsonProperty("issuer") @Nullable String issuer,
      @JsonProperty("audience") @Nullable String audience,
      @JsonProperty("keys") @Nullable String keys,
      @JsonProperty("algorithms") @Nullable Set<String> algorithms,
      @JsonProperty("subject") @Nullable String subject,
      @JsonProperty("person") @Nullable String person,
      @JsonProperty("groups") @Nullable String groups,
      @JsonProperty("model") @Nullable String model,
      @JsonProperty("tools") @Nullable Set<String> tools,
      @JsonProperty("services") @Nullable Services services,
      @JsonProperty("acceptIdTokens") @Nullable Boolean acceptIdTokens,
      @JsonProperty("skew") @Nullable String skew,
      @JsonProperty("refresh") @Nullable String refresh,
      @JsonProperty("kept") @Nullable String kept,
      @JsonProperty("claims") @Nullable Set<String> claims) {
    return new IssuerConfig(
        required(issuer, "identity.issuers.issuer: what a token's iss must be"),
        required(audience, "identity.issuers.audience: what a token's aud must hold"),
        keys,
        algorithms == null ? ASYMMETRIC : algorithms,
        subject == null ? "sub" : subject,
        person,
        groups == null ? "groups" : groups,
        model,
        tools == null ? Set.of() : tools,
        services,
        acceptIdTokens != null && acceptIdTokens,
        duration("skew", skew, "60s"),
        duration("refresh", refresh, "5m"),
        duration("kept", kept, "12h"),
        claims == null ? Set.of() : claims);
  }

  /**
   * The same for the ID tokens that people's logins end with: they are for the client by which
   * people log in, and that is no agent.
   */
  public IssuerConfig forLogin(String client) {
    Set<String> people = new TreeSet<>(tools);
    people.add(client);
    return new IssuerConfig(
        issuer,
        client,
        keys,
        algorithms,
        subject,
        person,
        groups,
        model,
        people,
        services,
        true,
        skew,
        refresh,
        kept,
        claims);
  }

  /** One whose keys stand in a file, as {@code proxy.tokens} names it. */
  static IssuerConfig ofKeys(String issuer, String audience, String keys, String groups) {
    return of(
        issuer, audience, keys, null, null, null, groups, null, null, null, null, null, null, null,
        null);
  }

  private static String required(@Nullable String value, String what) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("missing " + what);
    }
    return value;
  }

  private static Duration duration(String key, @Nullable String text, String usual) {
    try {
      return Durations.of(text == null ? usual : text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("identity.issuers." + key + ": " + e.getMessage(), e);
    }
  }

  /**
   * By what services are known.
   *
   * @param claim the claim to look at, as {@code preferred_username}
   * @param like what it is like for a service, as {@code service-account-*}
   */
  public record Services(String claim, String like) {
    @JsonCreator
    public Services(
        @JsonProperty("claim") @Nullable String claim,
        @JsonProperty("like") @Nullable String like) {
      this.claim = required(claim, "identity.issuers.services.claim");
      this.like = required(like, "identity.issuers.services.like: a pattern with *");
    }

    /** Whether a claim's text is that of a service. */
    public boolean matches(String text) {
      StringBuilder regex = new StringBuilder();
      for (String part : like.split("\\*", -1)) {
        regex.append(regex.isEmpty() ? "" : ".*");
        regex.append(part.isEmpty() ? "(?:)" : Pattern.quote(part));
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
  }
}
