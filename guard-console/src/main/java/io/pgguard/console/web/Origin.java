package io.pgguard.console.web;

import io.pgguard.ConsoleConfig;
import io.pgguard.GuardConfigException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What browsers may call the console. Requests for other names are not served, so that a page of
 * somebody else's cannot get here by a name that it lets point at this machine. Thread-safe.
 */
public final class Origin {
  private final InetSocketAddress listen;
  private final boolean secure;
  private final @Nullable String url;
  private final Set<String> hosts = new HashSet<>();
  private volatile int listensAt;

  private Origin(InetSocketAddress listen, @Nullable String url, boolean secure) {
    this.listen = listen;
    this.url = url;
    this.secure = secure;
  }

  /**
   * Reads it.
   *
   * @throws GuardConfigException when it would put logins on a network in the clear
   */
  public static Origin read(ConsoleConfig config) {
    InetSocketAddress listen = address(config.listen());
    if (!listen.getAddress().isLoopbackAddress()) {
      throw new GuardConfigException(
          "console.listen: "
              + config.listen()
              + " is no loopback address: listen at 127.0.0.1 behind a server that speaks TLS, and"
              + " set console.url to what browsers call that one");
    }
    if (config.url() == null) {
      return new Origin(listen, null, false);
    }
    return new Origin(listen, url(config.url()), true);
  }

  private static String url(String text) {
    try {
      URI uri = URI.create(text);
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && (uri.getPath().isEmpty() || uri.getPath().equals("/"))
          && uri.getRawQuery() == null) {
        return "https://" + uri.getRawAuthority();
      }
    } catch (IllegalArgumentException notOne) {
      throw new GuardConfigException("console.url: not a URL: " + text, notOne);
    }
    throw new GuardConfigException(
        "console.url: must be https:// and a host, without a path, not " + text);
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, Math.max(0, colon));
      int port = Integer.parseInt(text.substring(colon + 1));
      if (!host.isBlank()) {
        return new InetSocketAddress(InetAddress.getByName(host), port);
      }
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw new GuardConfigException("console.listen: not a host and a port: " + text, e);
    }
    throw new GuardConfigException("console.listen: not a host and a port: " + text);
  }

  /** It listens at this port now. */
  void listensAt(int port) {
    listensAt = port;
    if (url != null) {
      hosts.add(URI.create(url).getRawAuthority().toLowerCase(Locale.ROOT));
    } else {
      hosts.addAll(Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port));
    }
  }

  InetSocketAddress listen() {
    return listen;
  }

  /** Whether browsers come by HTTPS, so that cookies never travel otherwise. */
  public boolean secure() {
    return secure;
  }

  /** Whether it is on this machine's loopback, and no other server in front of it. */
  public boolean local() {
    return url == null;
  }

  /** What browsers call it, without a slash at its end. */
  public String url() {
    String host = listen.getAddress().getHostAddress();
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return url != null ? url : (secure ? "https://" : "http://") + name + ":" + listensAt;
  }

  /** Whether a request names the console. */
  boolean isNamed(@Nullable String host) {
    return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
  }

  /** Whether a page of the console sent a request, as far as its browser tells. */
  boolean sent(@Nullable String origin, @Nullable String site) {
    boolean siteIs = site == null || site.equals("same-origin") || site.equals("none");
    if (origin == null) {
      return siteIs;
    }
    String own = (secure ? "https://" : "http://");
    return siteIs
        && origin.startsWith(own)
        && hosts.contains(origin.substring(own.length()).toLowerCase(Locale.ROOT));
  }
}
