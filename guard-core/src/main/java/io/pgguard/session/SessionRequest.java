package io.pgguard.session;

import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenVerifier;
import io.pgguard.policy.Surroundings;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an edge asks a session with.
 *
 * @param principal who asks
 * @param edge the edge's name: {@code jdbc}, {@code proxy}, {@code core}
 * @param access Guard's own way to the database
 * @param role the PostgreSQL role that statements run as
 * @param parameters the settings that the server reported when the connection began
 * @param cancel asks the server to break off what the connection runs; called by another thread
 * @param wake asks the edge to call {@link GuardSession#overdue} soon, by the thread or under the
 *     lock that the session is used with; called by another thread, and must not wait
 * @param tokens verifies the fresh tokens that are presented to the session, or null where it takes
 *     none
 * @param client the client's address, or null where there is none
 * @param environment labels of the server; empty for those that the configuration gives all
 */
public record SessionRequest(
    Principal principal,
    String edge,
    DatabaseAccess access,
    String role,
    Map<String, String> parameters,
    Runnable cancel,
    Runnable wake,
    @Nullable TokenVerifier tokens,
    @Nullable InetAddress client,
    Set<String> environment) {
  public SessionRequest {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(edge, "edge");
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(role, "role");
    parameters = Map.copyOf(parameters);
    Objects.requireNonNull(cancel, "cancel");
    Objects.requireNonNull(wake, "wake");
    environment = Set.copyOf(environment);
  }

  /** Of a client without an address, to a server without labels of its own. */
  public SessionRequest(
      Principal principal,
      String edge,
      DatabaseAccess access,
      String role,
      Map<String, String> parameters,
      Runnable cancel,
      Runnable wake,
      @Nullable TokenVerifier tokens) {
    this(principal, edge, access, role, parameters, cancel, wake, tokens, null, Set.of());
  }

  /** The same from an address, to a server with labels of its own. */
  public SessionRequest between(@Nullable InetAddress from, Set<String> labels) {
    return new SessionRequest(
        principal, edge, access, role, parameters, cancel, wake, tokens, from, labels);
  }

  /**
   * Where its statements come from and go to.
   *
   * @param otherwise labels of servers that have none of their own
   */
  Surroundings surroundings(Set<String> otherwise) {
    return new Surroundings(
        access.database(), environment.isEmpty() ? otherwise : environment, edge, client);
  }

  /** Of a session that takes no tokens. */
  public SessionRequest(
      Principal principal,
      String edge,
      DatabaseAccess access,
      String role,
      Map<String, String> parameters,
      Runnable cancel,
      Runnable wake) {
    this(principal, edge, access, role, parameters, cancel, wake, null);
  }

  /** Of an edge that runs nothing, and so leaves nothing open. */
  public SessionRequest(
      Principal principal,
      String edge,
      DatabaseAccess access,
      String role,
      Map<String, String> parameters,
      Runnable cancel) {
    this(principal, edge, access, role, parameters, cancel, () -> {});
  }
}
