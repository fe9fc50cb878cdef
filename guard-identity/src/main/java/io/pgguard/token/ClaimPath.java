package io.pgguard.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a claim stands: the name of a claim as it is ({@code https://example.com/groups}), or else
 * names with dots between them that lead into objects ({@code realm_access.roles}). Immutable.
 */
record ClaimPath(String text) {

  /** What stands there; null for nothing. */
  @Nullable JsonNode in(ObjectNode claims) {
    if (claims.has(text)) {
      return present(claims.get(text));
    }
    JsonNode at = claims;
    for (String name : List.of(text.split("\\.", -1))) {
      at = at.get(name);
      if (at == null) {
        return null;
      }
    }
    return present(at);
  }

  private static @Nullable JsonNode present(JsonNode node) {
    return node.isNull() ? null : node;
  }
}
