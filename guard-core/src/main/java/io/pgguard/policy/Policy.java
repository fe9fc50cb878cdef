package io.pgguard.policy;

import io.pgguard.identity.NoStandingException;
import io.pgguard.identity.Principal;
import io.pgguard.identity.RoleMapping;
import io.pgguard.identity.Standing;
import io.pgguard.wording.RuleWording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules, classes and masks, as one file states them. Immutable and thread-safe.
 *
 * @param mode whether decisions bind
 * @param classes what is sensitive
 * @param clear who sees it unmasked
 * @param detectors what looks for sensitive content
 * @param inference how far protected columns may influence results
 * @param guesses how many guesses {@link Inference#EQUALITY} lets pass
 * @param maskedWrites what becomes of masked values that are written back
 * @param declassified columns of views that the owner releases, though they are computed from
 *     protected ones
 * @param rules the rules, in the file's order
 * @param otherwise what becomes of a statement that no rule speaks for
 * @param allowedFunctions functions that may be called though Guard would refuse them on its own
 * @param limits bounds on every statement
 * @param roles identity to PostgreSQL role; the first that matches
 * @param source the file that it was read from
 * @param hash SHA-256 of the text, in hexadecimal; recorded with every decision
 */
public record Policy(
    Mode mode,
    List<SensitiveClass> classes,
    List<ClearGrant> clear,
    DetectorSettings detectors,
    Inference inference,
    GuessBudget guesses,
    MaskedWrites maskedWrites,
    List<ColumnPattern> declassified,
    List<Rule> rules,
    Otherwise otherwise,
    AllowedFunctions allowedFunctions,
    Limits limits,
    List<RoleMapping> roles,
    String source,
    String hash) {
  public Policy {
    Objects.requireNonNull(mode, "mode");
    classes = List.copyOf(classes);
    clear = List.copyOf(clear);
    Objects.requireNonNull(detectors, "detectors");
    Objects.requireNonNull(inference, "inference");
    Objects.requireNonNull(guesses, "guesses");
    Objects.requireNonNull(maskedWrites, "maskedWrites");
    declassified = List.copyOf(declassified);
    rules = List.copyOf(rules);
    Objects.requireNonNull(otherwise, "otherwise");
    Objects.requireNonNull(allowedFunctions, "allowedFunctions");
    Objects.requireNonNull(limits, "limits");
    roles = List.copyOf(roles);
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(hash, "hash");
  }

  /** Whether decisions bind. */
  public enum Mode {
    /** Decide, and do as decided. */
    ENFORCE,
    /** Decide and record, change nothing. */
    OBSERVE
  }

  /** The classes that a principal may not see in the clear, with the masks that it sees. */
  public List<SensitiveClass> classesHiddenFrom(Principal principal) {
    return classes.stream()
        .filter(c -> clear.stream().noneMatch(grant -> grant.clears(principal, c.name())))
        .map(c -> c.seenBy(principal))
        .toList();
  }

  /**
   * The class that protects a column from a principal: of those that hold it and that the principal
   * is not cleared for, the one with the strictest mask, and of equal ones the first. For many
   * columns take {@link #classesHiddenFrom} once and {@link #strictest} for each.
   */
  public Optional<SensitiveClass> protection(
      Principal principal, String schema, String relation, String column) {
    return strictest(classesHiddenFrom(principal), schema, relation, column);
  }

  /** Of the classes that hold a column the one with the strictest mask. */
  public static Optional<SensitiveClass> strictest(
      List<SensitiveClass> classes, String schema, String relation, String column) {
    @Nullable SensitiveClass found = null;
    for (SensitiveClass one : classes) {
      if (one.holds(schema, relation, column)
          && (found == null || one.mask().strictness() > found.mask().strictness())) {
        found = one;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Whether a rule asks which columns a statement reads or sets. */
  public boolean asksForColumns() {
    return rules.stream().anyMatch(rule -> !rule.when().columns().isAny());
  }

  /** Whether a rule asks for more around a statement than whether an intent is stated. */
  public boolean asksForCircumstances() {
    for (int i = 0; i < rules.size(); i++) {
      if (!rules.get(i).when().circumstances().isAny()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the owner releases a column of a view. */
  public boolean declassifies(String schema, String view, String column) {
    return declassified.stream().anyMatch(pattern -> pattern.matches(schema, view, column));
  }

  /** Whether the policy gives its word for a function, {@code schema.name(type, type)}. */
  public boolean allowsFunction(String signature) {
    return allowedFunctions.patterns().stream().anyMatch(pattern -> pattern.covers(signature));
  }

  /** Whether those functions of an extension may be called that were judged harmless. */
  public boolean allowsExtension(String extension) {
    return allowedFunctions.extensions().contains(extension);
  }

  /** Whether what SET ROLE names is the role that the policy gives to a principal. */
  public boolean givesRole(Principal principal, List<String> named) {
    return role(principal).filter(role -> named.equals(List.of(role))).isPresent();
  }

  /**
   * As what a principal's statements run.
   *
   * @param login the role that logs in, which is theirs where the policy names no roles
   * @throws NoStandingException where the policy names roles and none for the principal, or the
   *     role comes with a setting whose claim is not proved
   */
  public Standing standing(Principal principal, String login) {
    if (roles.isEmpty()) {
      return new Standing(login, Map.of());
    }
    RoleMapping mapping =
        roles.stream()
            .filter(role -> role.matches(principal))
            .findFirst()
            .orElseThrow(() -> new NoStandingException(RuleWording.NO_ROLE.words()));
    Map<String, String> settings = new HashMap<>();
    mapping
        .settings()
        .forEach(
            (setting, claim) -> {
              String value = principal.proof().claims().get(claim);
              if (value == null) {
                throw new NoStandingException(
                    RuleWording.NO_CLAIM.words(claim, mapping.role(), setting));
              }
              settings.put(setting, value);
            });
    return new Standing(mapping.role(), settings);
  }

  /** Whether a setting comes with some role, so that no session may set it. */
  public boolean givesSetting(String name) {
    return roles.stream()
        .flatMap(role -> role.settings().keySet().stream())
        .anyMatch(name::equalsIgnoreCase);
  }

  /** The PostgreSQL role that a principal's statements run as, where the policy names one. */
  public Optional<String> role(Principal principal) {
    return roles.stream().filter(r -> r.matches(principal)).map(RoleMapping::role).findFirst();
  }
}
