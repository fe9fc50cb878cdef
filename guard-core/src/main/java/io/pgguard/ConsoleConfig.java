package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the console is set up: the key {@code console} of {@code guard.yaml} (docs/console.md).
 * Immutable.
 *
 * @param listen where browsers connect, as {@code 127.0.0.1:7432}: an address of this machine's
 *     loopback, since the console itself speaks no TLS
 * @param url what people's browsers call it, as {@code https://guard.example.com}; where it is not
 *     given, the console is on this machine's loopback alone
 * @param roles what the groups of people may do here
 * @param oidc how people log in at an identity provider, or null
 * @param link whose one-time login link is printed at the start, or null; on loopback only
 */
public record ConsoleConfig(
    String listen, @Nullable String url, Roles roles, @Nullable Oidc oidc, @Nullable Link link) {

  @JsonCreator
  public ConsoleConfig(
      @JsonProperty("listen") @Nullable String listen,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("roles") @Nullable Roles roles,
      @JsonProperty("oidc") @Nullable Oidc oidc,
      @JsonProperty("link") @Nullable Link link) {
    this.listen = required(listen, "console.listen: where browsers connect, as 127.0.0.1:7432");
    this.url = url;
    this.roles = roles == null ? new Roles(null, null, null) : roles;
    this.oidc = oidc;
    this.link = link;
    if (link == null && oidc == null) {
      throw new IllegalArgumentException(
          "console needs oidc or link, so that somebody can log in:"
              + " oidc: { issuer: https://login.example.com, client: guard-console }, or"
              + " link: { subject: ana@example.com }");
    }
  }

  private static String required(@Nullable String value, String what) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("missing " + what);
    }
    return value;
  }

  /**
   * What people may do by their groups; who is in none of them is not let in.
   *
   * @param reviewer see what waits and what was answered; whose answer counts is the policy's word
   * @param auditor see sessions, the log and the policy
   * @param admin both
   */
  public record Roles(Set<String> reviewer, Set<String> auditor, Set<String> admin) {
    @JsonCreator
    public Roles(
        @JsonProperty("reviewer") @Nullable Set<String> reviewer,
        @JsonProperty("auditor") @Nullable Set<String> auditor,
        @JsonProperty("admin") @Nullable Set<String> admin) {
      this.reviewer = reviewer == null ? Set.of() : Set.copyOf(reviewer);
      this.auditor = auditor == null ? Set.of() : Set.copyOf(auditor);
      this.admin = admin == null ? Set.of() : Set.copyOf(admin);
    }
  }

  /**
   * How people log in at an identity provider (OpenID Connect).
   *
   * @param issuer one of {@code identity.issuers}: what its claims mean stands there, so that a
   *     person is the same here and in a session
   * @param client what Guard's console is to the provider: a client of its own
   * @param secret by what the client proves itself, or null for a public one
   * @param scope what is asked for
   */
  public record Oidc(String issuer, String client, @Nullable Secret secret, String scope) {
    @JsonCreator
    public Oidc(
        @JsonProperty("issuer") @Nullable String issuer,
        @JsonProperty("client") @Nullable String client,
        @JsonProperty("secret") @Nullable Secret secret,
        @JsonProperty("scope") @Nullable String scope) {
      this.issuer = required(issuer, "console.oidc.issuer: one of identity.issuers");
      this.client = required(client, "console.oidc.client: the console's client at the provider");
      this.secret = secret;
      this.scope = scope == null ? "openid profile email" : scope;
      if (!List.of(this.scope.split(" ", -1)).contains("openid")) {
        throw new IllegalArgumentException("console.oidc.scope must have openid in it");
      }
    }
  }

  /**
   * Who logs in with the link that is printed at the start: an admin of the console.
   *
   * @param subject the person
   * @param groups the groups that the person belongs to, for the policy
   */
  public record Link(String subject, Set<String> groups) {
    @JsonCreator
    public Link(
        @JsonProperty("subject") @Nullable String subject,
        @JsonProperty("groups") @Nullable Set<String> groups) {
      this.subject = required(subject, "console.link.subject: who logs in with it");
      this.groups = groups == null ? Set.of() : Set.copyOf(groups);
    }
  }
}
