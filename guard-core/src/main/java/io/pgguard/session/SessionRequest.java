package io.pgguard.session;

import io.pgguard.identity.Principal;
import java.util.Map;
import java.util.Objects;

/**
 * What an edge asks a session with.
 *
 * @param principal who asks
 * @param edge the edge's name: {@code jdbc}, {@code proxy}, {@code core}
 * @param access Guard's own way to the database
 * @param role the PostgreSQL role that statements run as
 * @param parameters the settings that the server reported when the connection began
 * @param cancel asks the server to break off what the connection runs; called by another thread
 */
public record SessionRequest(
    Principal principal,
    String edge,
    DatabaseAccess access,
    String role,
    Map<String, String> parameters,
    Runnable cancel) {
  public SessionRequest {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(edge, "edge");
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(role, "role");
    parameters = Map.copyOf(parameters);
    Objects.requireNonNull(cancel, "cancel");
  }
}
