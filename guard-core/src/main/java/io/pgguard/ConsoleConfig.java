package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param link whose one-time login link is printed at the start, or null; on loopback only
 */
public record ConsoleConfig(String listen, @Nullable String url, Roles roles, @Nullable Link link) {

  @JsonCreator
  public ConsoleConfig(
      @JsonProperty("listen") @Nullable String listen,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("roles") @Nullable Roles roles,
      @JsonProperty("link") @Nullable Link link) {
    this.listen = required(listen, "console.listen: where browsers connect, as 127.0.0.1:7432");
    this.url = url;
    this.roles = roles == null ? new Roles(null, null, null) : roles;
    this.link = link;
    if (link == null) {
      throw new IllegalArgumentException(
          "console needs link, so that somebody can log in: { subject: ana@example.com }");
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
