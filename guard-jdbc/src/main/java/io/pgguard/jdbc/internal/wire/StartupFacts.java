package io.pgguard.jdbc.internal.wire;

import java.util.Map;

/**
 * What a server told of itself and of the new connection. Immutable.
 *
 * @param parameters the settings that it reported, by name
 * @param backendPid the process id of the connection's backend, or 0 where it told none
 * @param wake looks, under the connection's lock, whether its session's time is over; does not wait
 */
public record StartupFacts(Map<String, String> parameters, int backendPid, Runnable wake) {
  public StartupFacts {
    parameters = Map.copyOf(parameters);
  }
}
