package io.pgguard.proxy.database;

import io.pgguard.GuardConfigException;

/** A host and a port. */
public record ServerAddress(String host, int port) {
  private static final int POSTGRESQL = 5432;

  /**
   * Reads {@code host}, {@code host:port} or {@code [address]:port}.
   *
   * @param key names it in an error
   * @throws GuardConfigException when it is none of them
   */
  public static ServerAddress read(String key, String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > bracket && (bracket > 0 || text.indexOf(':') == colon);
    String host = hasPort ? text.substring(0, colon) : text;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : POSTGRESQL;
      if (host.isBlank() || port < 0 || port > 65535) {
        throw new GuardConfigException(key + ": not a host and a port: " + text);
      }
      return new ServerAddress(host, port);
    } catch (NumberFormatException e) {
      throw new GuardConfigException(key + ": not a host and a port: " + text, e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
