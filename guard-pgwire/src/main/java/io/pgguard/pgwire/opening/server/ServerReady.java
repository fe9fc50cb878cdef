package io.pgguard.pgwire.opening.server;

import io.pgguard.pgwire.message.BackendKeyData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection that the server has let in.
 *
 * @param parameters the settings that it reported, in its order, with {@code search_path} whether
 *     it reports that or not
 * @param reported which of them it reported
 * @param key what a cancel request must name; null where it told none
 * @param roles the role that logged in and the one that statements run as
 */
public record ServerReady(
    Map<String, String> parameters,
    List<String> reported,
    @Nullable BackendKeyData key,
    List<Role> roles) {
  public ServerReady {
    parameters = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parameters));
    reported = List.copyOf(reported);
    roles = List.copyOf(roles);
  }

  /**
   * A role of the connection, as pg_roles tells it.
   *
   * @param current whether statements run as it
   */
  public record Role(
      String name, boolean superuser, boolean replication, boolean bypassesRls, boolean current) {}
}
