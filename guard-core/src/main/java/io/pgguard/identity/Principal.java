package io.pgguard.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: an account, and behind it a person, an agent that acts for the person, or a service
 * that acts by itself. Immutable.
 *
 * @param subject the account, as its issuer writes it; never empty
 * @param groups the groups that it belongs to
 * @param agent the agent that asks for it (RFC 8693, {@code act}; else {@code azp}), or null when a
 *     person asks without one
 * @param model the model behind the agent, or null
 * @param person on whose behalf it is asked, by the name that all accounts of that person have in
 *     common; null where that is not known, or nobody stands behind it
 * @param service the service that acts by itself, or null
 * @param proof what of this was proved
 */
public record Principal(
    String subject,
    Set<String> groups,
    @Nullable String agent,
    @Nullable String model,
    @Nullable String person,
    @Nullable String service,
    Proof proof) {
  public Principal {
    Objects.requireNonNull(subject, "subject");
    if (subject.isBlank()) {
      throw new IllegalArgumentException("a principal needs a subject");
    }
    if (person != null && person.isBlank()) {
      throw new IllegalArgumentException("a person needs a name");
    }
    groups = Set.copyOf(groups);
    Objects.requireNonNull(proof, "proof");
  }

  /** One of which nothing was proved, and no person is named but the subject. */
  public Principal(
      String subject, Set<String> groups, @Nullable String agent, @Nullable String model) {
    this(subject, groups, agent, model, null, null, Proof.NONE);
  }

  /** The same, proved otherwise. */
  public Principal provedBy(Proof other) {
    return new Principal(subject, groups, agent, model, person, service, other);
  }

  /** The account and the person behind it: who is one of them may not approve what this asks. */
  public Set<String> people() {
    return person == null || person.equals(subject) ? Set.of(subject) : Set.of(subject, person);
  }

  /** The account, told apart from one of the same name that another issuer vouches for. */
  public String account() {
    return proof.issuer() == null ? subject : subject + '\n' + proof.issuer();
  }

  /**
   * Who asks, as an approval is bound to it: the account, and by which agent, for whom, as which
   * service, with which claims. Parts are kept apart whatever they hold. Not to be told to anybody.
   */
  public String asker() {
    StringBuilder asker = new StringBuilder();
    List<@Nullable String> parts =
        new ArrayList<>(Arrays.asList(account(), agent, person, service));
    new TreeMap<>(proof.claims())
        .forEach(
            (name, value) -> {
              parts.add(name);
              parts.add(value);
            });
    for (String part : parts) {
      asker.append(part == null ? -1 : part.length()).append(':').append(part == null ? "" : part);
    }
    return asker.toString();
  }

  /** Whether policies say the same of another: all but how and until when it was proved. */
  public boolean isJudgedLike(Principal other) {
    return this == other
        || subject.equals(other.subject)
            && groups.equals(other.groups)
            && Objects.equals(agent, other.agent)
            && Objects.equals(model, other.model);
  }

  /**
   * Whether another proof of this principal may take the place of the one it has: of the same
   * account, person, agent and service, vouched for by the same issuer, and judged alike.
   */
  public boolean mayBeRenewedBy(Principal fresh) {
    return isJudgedLike(fresh)
        && Objects.equals(person, fresh.person)
        && Objects.equals(service, fresh.service)
        && Objects.equals(proof.issuer(), fresh.proof.issuer())
        && fresh.proof.proved().containsAll(proof.proved());
  }
}
