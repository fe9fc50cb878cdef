package io.pgguard.internal.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pgguard.GuardConfigException;
import io.pgguard.policy.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that a configuration may have; one that it may not have is told with its place. */
final class ConfigKeys {
  private static final List<String> SECRET = List.of("env", "file", "value", "command");

  /** The keys of each mapping, by its own key's path. */
  static final Map<String, List<String>> KNOWN =
      Map.ofEntries(
          entry(
              "",
              "version",
              "database",
              "policy",
              "audit",
              "recording",
              "approval",
              "masking",
              "catalog",
              "identity",
              "proxy",
              "console",
              "environment"),
          entry("database", "user", "password", "tls", "tlsCa", "tlsCertificate", "tlsKey"),
          Map.entry("database.password", SECRET),
          entry("audit", "directory", "durability"),
          entry("recording", "directory", "maxRows", "maxBytes"),
          entry("approval", "wait", "waitInTransaction", "store"),
          entry("approval.store", "directory", "postgresql"),
          entry("approval.store.postgresql", "url", "user", "password", "tls", "tlsCa", "schema"),
          Map.entry("approval.store.postgresql.password", SECRET),
          entry("masking", "hashKey"),
          Map.entry("masking.hashKey", SECRET),
          entry("catalog", "refresh"),
          entry("console", "listen", "url", "roles", "oidc", "link"),
          entry("console.oidc", "issuer", "client", "secret", "scope"),
          Map.entry("console.oidc.secret", SECRET),
          entry("console.roles", "reviewer", "auditor", "admin"),
          entry("console.link", "subject", "groups"),
          entry("identity", "claimed", "issuers", "denied"),
          entry(
              "identity.issuers",
              "issuer",
              "audience",
              "keys",
              "algorithms",
              "subject",
              "person",
              "groups",
              "model",
              "tools",
              "services",
              "acceptIdTokens",
              "skew",
              "refresh",
              "kept",
              "claims"),
          entry("identity.issuers.services", "claim", "like"),
          entry(
              "proxy",
              "listen",
              "tls",
              "databases",
              "accounts",
              "accountNames",
              "certificateNames",
              "tokens",
              "balancers",
              "limits",
              "health",
              "node",
              "peers"),
          entry("proxy.tls", "certificate", "key", "required", "clientCa"),
          entry(
              "proxy.databases",
              "name",
              "servers",
              "database",
              "targetSessionAttrs",
              "acceptPrivilegedRole",
              "environment"),
          entry(
              "proxy.accounts",
              "name",
              "verifier",
              "certificate",
              "subject",
              "groups",
              "agent",
              "model"),
          Map.entry("proxy.accounts.verifier", SECRET),
          entry(
              "proxy.tokens",
              "keys",
              "issuer",
              "audience",
              "groups",
              "oauthNames",
              "scope",
              "withoutTls"),
          entry(
              "proxy.limits",
              "sessions",
              "sessionsPerPrincipal",
              "sessionsPerAddress",
              "openings",
              "loginTime",
              "failedLogins",
              "failedLoginsWithin",
              "idleTime",
              "sessionTime"));

  private ConfigKeys() {}

  private static Map.Entry<String, List<String>> entry(String path, String... keys) {
    return Map.entry(path, List.of(keys));
  }

  /**
   * Whether the text holds anything.
   *
   * @throws GuardConfigException for a key that is not known
   * @throws JsonProcessingException when it is no YAML
   */
  static boolean check(YAMLMapper mapper, String text, Path file) throws JsonProcessingException {
    try (JsonParser parser = mapper.createParser(text)) {
      Deque<String> paths = new ArrayDeque<>();
      String path = "";
      boolean any = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        any |= token != JsonToken.VALUE_NULL;
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
          paths.push(path);
        } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
          paths.pop();
        } else if (token == JsonToken.FIELD_NAME) {
          String parent = String.valueOf(paths.peek());
          String name = parser.currentName();
          known(parent, name, parser.currentTokenLocation(), file);
          path = parent.isEmpty() ? name : parent + "." + name;
        }
      }
      return any;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text in memory", e);
    }
  }

  private static void known(String parent, String name, JsonLocation at, Path file) {
    List<String> keys = KNOWN.get(parent);
    if (keys == null || keys.contains(name)) {
      return; // what stands in the place of a plain value is told when the value is read
    }
    @Nullable String advice = Suggestion.of(name, keys);
    throw new GuardConfigException(
        file
            + ":"
            + at.getLineNr()
            + ":"
            + at.getColumnNr()
            + ": unknown key "
            + (parent.isEmpty() ? name : parent + "." + name)
            + (advice == null ? "" : "; " + advice));
  }
}
