package io.pgguard.policy;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a session's statements come from and go to. Immutable.
 *
 * @param database the database's name at its server
 * @param environment labels that the configuration gives the server; empty where it gives none
 * @param edge the way in: {@code jdbc}, {@code proxy}, {@code core}, {@code console}
 * @param client the client's address, or null where there is none, as within a process
 */
public record Surroundings(
    String database, Set<String> environment, String edge, @Nullable InetAddress client) {
  public Surroundings {
    Objects.requireNonNull(database, "database");
    environment = Set.copyOf(environment);
    Objects.requireNonNull(edge, "edge");
  }
}
