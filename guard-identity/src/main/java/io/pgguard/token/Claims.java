package io.pgguard.token;

import static io.pgguard.token.CompactToken.no;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims of one token, read as the types that they must have (RFC 7519, section 4). */
final class Claims {
  /** OpenID Connect Core, section 2: a subject has no more. */
  private static final int LONGEST_NAME = 255;

  private static final int MOST_GROUPS = 5_000;
  private static final long LAST_SECOND = 253_402_300_799L; // the year 9999

  private final ObjectNode claims;

  Claims(ObjectNode claims) {
    this.claims = claims;
  }

  boolean has(String name) {
    return claims.has(name);
  }

  /** The text of a claim; null where it is not there. */
  @Nullable String text(String path, TokenProblem problem) throws TokenRefusedException {
    JsonNode node = new ClaimPath(path).in(claims);
    if (node == null) {
      return null;
    }
    if (!node.isTextual()) {
      throw no(problem, "its " + path + " is no text");
    }
    return named(node.textValue(), path, problem);
  }

  /**
   * The values of claims that are a plain text, a number or a truth value; the others are left out,
   * as if they were not there.
   */
  Map<String, String> values(Set<String> paths) {
    Map<String, String> values = new HashMap<>();
    for (String path : paths) {
      JsonNode node = new ClaimPath(path).in(claims);
      if (node != null && node.isValueNode() && !node.isNull()) {
        String value = node.asText();
        boolean plain = value.codePoints().noneMatch(Character::isISOControl);
        if (!value.isBlank() && value.length() <= LONGEST_NAME && plain) {
          values.put(path, value);
        }
      }
    }
    return values;
  }

  /** The same, which must be there. */
  String needed(String path, TokenProblem problem) throws TokenRefusedException {
    String text = text(path, problem);
    if (text == null) {
      throw no(problem, "it has no " + path);
    }
    return text;
  }

  private static String named(String text, String path, TokenProblem problem)
      throws TokenRefusedException {
    boolean plain = text.codePoints().noneMatch(Character::isISOControl);
    if (text.isBlank() || text.length() > LONGEST_NAME || !plain) {
      throw no(
          problem,
          "its " + path + " is empty, longer than " + LONGEST_NAME + " characters, or not plain");
    }
    return text;
  }

  /** The moment of a claim; null where it is not there. */
  @Nullable Instant moment(String name, TokenProblem problem) throws TokenRefusedException {
    JsonNode node = claims.get(name);
    if (node == null) {
      return null;
    }
    double seconds = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
      throw no(problem, "its " + name + " is no time in seconds since 1970");
    }
    return Instant.ofEpochSecond((long) seconds);
  }

  /** Whether a claim is this text, or a list that holds it. */
  boolean holds(String name, String wanted) {
    JsonNode node = claims.get(name);
    if (node == null) {
      return false;
    }
    if (node.isTextual()) {
      return node.textValue().equals(wanted);
    }
    boolean found = false;
    for (JsonNode each : node.isArray() ? node : claims.arrayNode()) {
      if (!each.isTextual()) {
        return false;
      }
      found |= each.textValue().equals(wanted);
    }
    return found;
  }

  /** The texts of a claim: a list, or one text; none where it is not there. */
  Set<String> texts(String path) throws TokenRefusedException {
    JsonNode node = new ClaimPath(path).in(claims);
    if (node == null) {
      elsewhere(path);
      return Set.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    if (node.isTextual()) {
      texts.add(named(node.textValue(), path, TokenProblem.GROUPS));
    } else if (node.isArray() && node.size() <= MOST_GROUPS) {
      for (JsonNode each : node) {
        if (!each.isTextual()) {
          throw no(TokenProblem.GROUPS, "its " + path + " holds what is no text");
        }
        texts.add(named(each.textValue(), path, TokenProblem.GROUPS));
      }
    } else {
      throw no(
          TokenProblem.GROUPS, "its " + path + " is no list of up to " + MOST_GROUPS + " texts");
    }
    return texts;
  }

  /**
   * Microsoft Entra ID leaves groups out of a token when there are over 200 of them, and says where
   * they are: without them a principal would only seem to be in none.
   */
  private void elsewhere(String path) throws TokenRefusedException {
    JsonNode names = claims.get("_claim_names");
    JsonNode hasGroups = claims.get("hasgroups");
    boolean overage =
        names != null && names.has(path) || hasGroups != null && hasGroups.asBoolean(false);
    if (overage) {
      throw no(
          TokenProblem.GROUPS_ELSEWHERE,
          "the principal is in more groups than fit into its token (_claim_names), so none came"
              + " with it: have the provider send only groups assigned to the application, or use"
              + " application roles and set groups: roles");
    }
  }

  /** Whether a claim is true, written as that or as a text. */
  boolean isTrue(String name) {
    JsonNode node = claims.get(name);
    return node != null && (node.isBoolean() ? node.booleanValue() : "true".equals(node.asText()));
  }

  /** Who acts for the subject now (RFC 8693, section 4.1: the outermost actor); null for nobody. */
  @Nullable String actor() throws TokenRefusedException {
    JsonNode act = claims.get("act");
    if (act == null) {
      return null;
    }
    JsonNode name = act.get("sub") == null ? act.get("client_id") : act.get("sub");
    if (!act.isObject() || name == null || !name.isTextual()) {
      throw no(TokenProblem.ACTOR, "its act names no actor");
    }
    return named(name.textValue(), "act.sub", TokenProblem.ACTOR);
  }

  /** The client that the token was made for, by whichever name; null where none is told. */
  @Nullable String client() throws TokenRefusedException {
    for (String name : new String[] {"azp", "client_id", "appid", "cid"}) {
      String client = text(name, TokenProblem.CLIENT);
      if (client != null) {
        return client;
      }
    }
    return null;
  }
}
