package io.pgguard.policy;

import io.pgguard.identity.RoleMapping;
import io.pgguard.policy.YamlNode.Entry;
import io.pgguard.policy.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads as which PostgreSQL role whose statements run, and the settings that come with it. */
final class RoleReader {
  /** A custom setting's name (PostgreSQL documentation, "Customized Options"). */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");

  private static final int LONGEST_NAME = 63;

  private final Errors errors;

  RoleReader(Errors errors) {
    this.errors = errors;
  }

  @Nullable RoleMapping read(YamlNode node) {
    Fields fields = Fields.of(node, errors, "groups", "role", "settings");
    if (fields == null) {
      return null;
    }
    fields.required("role", "name the PostgreSQL role");
    String role = fields.text("role");
    Map<String, String> settings = settings(fields.node("settings"));
    return role == null ? null : new RoleMapping(fields.names("groups"), role, settings);
  }

  private Map<String, String> settings(@Nullable YamlNode node) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (node instanceof Mapping mapping) {
      mapping.entries().forEach((name, entry) -> setting(name, entry, settings));
    } else if (node != null) {
      errors.wrong(node, "a map such as `app.tenant: { claim: tenant }`");
    }
    return settings;
  }

  private void setting(String name, Entry entry, Map<String, String> settings) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      errors.add(
          entry.key(),
          "`" + name + "` is no name of a setting of your own",
          "write two words with a dot between, such as `app.tenant`");
    } else if (name.startsWith("guard.")) {
      errors.add(entry.key(), "settings that begin with `guard.` are Guard's own");
    }
    Fields fields = Fields.of(entry.value(), errors, "claim");
    if (fields != null) {
      fields.required("claim", "name the claim of the token that it gets its value from");
      String claim = fields.text("claim");
      if (claim != null) {
        settings.put(name, claim);
      }
    }
  }
}
