package io.pgguard.jdbc.internal;

import io.pgguard.wording.DriverWording;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Guard URL with its properties, checked: {@code
 * jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml}. Properties are an
 * allow-list: those of PgJDBC that load classes, switch off what Guard relies on, or carry a
 * credential are not the agent's to set.
 *
 * @param host the server's host
 * @param port its port
 * @param database the database's name
 * @param guard properties that begin with {@code guard.}, and those of PgJDBC that Guard itself
 *     heeds
 * @param driver properties that PgJDBC gets
 * @param others further servers, to be tried in their order
 */
public record GuardUrl(
    String host,
    int port,
    String database,
    Map<String, String> guard,
    Map<String, String> driver,
    List<Place> others) {

  /** A server's host and port. */
  record Place(String host, int port) {}

  /** What a Guard URL begins with. */
  public static final String PREFIX = "jdbc:guard:postgresql:";

  /** The property that shows who asks; it is a secret. */
  public static final String TOKEN = "guard.token";

  /** The property that says whether statements run within scopes alone: {@code required}. */
  static final String SCOPE = "guard.scope";

  private static final Set<String> GUARD_KEYS =
      Set.of(
          "guard.config",
          "guard.subject",
          "guard.groups",
          "guard.agent",
          "guard.model",
          "guard.intent",
          SCOPE,
          TOKEN);

  public GuardUrl {
    guard = Map.copyOf(guard);
    driver = Map.copyOf(driver);
    others = List.copyOf(others);
  }

  /**
   * Reads a URL and the properties beside it; the URL's own win.
   *
   * @throws SQLException when the URL is not of the form, or a property is not allowed; the message
   *     says what is
   */
  public static GuardUrl read(String url, Properties properties) throws SQLException {
    String rest = url.substring(PREFIX.length());
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    Map<String, String> all = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      all.put(name, properties.getProperty(name));
    }
    if (question >= 0) {
      readQuery(url, rest.substring(question + 1), all);
    }
    Map<String, String> guard = new TreeMap<>();
    Map<String, String> driver = new TreeMap<>();
    for (Map.Entry<String, String> entry : all.entrySet()) {
      sort(entry.getKey(), entry.getValue(), guard, driver);
    }
    return at(url, place, guard, driver);
  }

  private static GuardUrl at(
      String url, String place, Map<String, String> guard, Map<String, String> driver)
      throws SQLException {
    int slash = place.indexOf('/', 2);
    if (!place.startsWith("//") || slash < 0 || slash == place.length() - 1) {
      throw wrong(url, "name a host and a database");
    }
    List<Place> places = new ArrayList<>();
    for (String address : place.substring(2, slash).split(",", -1)) {
      places.add(place(url, address));
    }
    String database = decode(url, place.substring(slash + 1));
    if (database.indexOf('/') >= 0) {
      throw wrong(url, "name a host and a database");
    }
    Place first = places.get(0);
    return new GuardUrl(
        first.host(), first.port(), database, guard, driver, places.subList(1, places.size()));
  }

  private static Place place(String url, String address) throws SQLException {
    int colon = address.lastIndexOf(':');
    boolean hasPort = colon > address.lastIndexOf(']');
    String host = hasPort ? address.substring(0, colon) : address;
    if (host.isEmpty()) {
      throw wrong(url, "name a host and a database");
    }
    return new Place(host, hasPort ? port(url, address.substring(colon + 1)) : 5432);
  }

  private static int port(String url, String text) throws SQLException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw wrong(url, "the port must be a number, not " + text);
    }
    throw wrong(url, "the port must be from 1 to 65535, not " + text);
  }

  private static void readQuery(String url, String query, Map<String, String> all)
      throws SQLException {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw wrong(url, "after ? come key=value pairs joined by &");
      }
      all.put(decode(url, pair.substring(0, equals)), decode(url, pair.substring(equals + 1)));
    }
  }

  private static void sort(
      String name, String value, Map<String, String> guard, Map<String, String> driver)
      throws SQLException {
    if (GUARD_KEYS.contains(name)) {
      guard.put(name, value);
    } else if (name.startsWith("guard.")) {
      throw refused("unknown property " + name + "; known are " + new TreeSet<>(GUARD_KEYS));
    } else {
      DriverProperty property = DriverProperty.of(name);
      switch (property.kind()) {
        case ALLOWED -> driver.put(name, value);
        case GUARDED -> guard.put(name, value);
        case WITHOUT_EFFECT -> {}
        case REFUSED -> throw refused(name + " is not allowed through Guard: " + property.why());
      }
    }
  }

  private static String decode(String url, String text) throws SQLException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong(url, "what stands after a % is not encoded right; write %25 for a percent sign");
    }
  }

  private static SQLException wrong(String url, String why) {
    String shown = url.indexOf('?') < 0 ? url : url.substring(0, url.indexOf('?'));
    return Told.of(DriverWording.WRONG_URL.say(shown, why));
  }

  private static SQLException refused(String why) {
    return Told.of(DriverWording.PROPERTY.say(why));
  }

  /** The configuration file. */
  public Path config() throws SQLException {
    String file = guard.get("guard.config");
    if (file == null) {
      throw Told.of(DriverWording.NO_CONFIGURATION.say());
    }
    try {
      return Path.of(file).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw Told.of(DriverWording.NO_FILE.say(e.getReason()), e);
    }
  }

  /** The same with another property of Guard's own. */
  GuardUrl with(String name, String value) {
    Map<String, String> more = new TreeMap<>(guard);
    more.put(name, value);
    return new GuardUrl(host, port, database, more, driver, others);
  }

  /** The same for each of its servers alone, in their order. */
  List<GuardUrl> each() {
    List<GuardUrl> each = new ArrayList<>();
    each.add(new GuardUrl(host, port, database, guard, driver, List.of()));
    for (Place other : others) {
      each.add(new GuardUrl(other.host(), other.port(), database, guard, driver, List.of()));
    }
    return each;
  }

  /** Never shows a token. */
  @Override
  public String toString() {
    StringBuilder more = new StringBuilder();
    others.forEach(other -> more.append(',').append(other.host()).append(':').append(other.port()));
    return PREFIX + "//" + host + ":" + port + more + "/" + database;
  }

  /** The URL that opens the same for whoever says who asks: nothing of who asked stands in it. */
  String shown() {
    String file = guard.get("guard.config");
    return this + (file == null ? "" : "?guard.config=" + file);
  }

  /** A property of Guard's own, or null. */
  public @Nullable String property(String name) {
    String value = guard.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
