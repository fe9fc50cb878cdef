package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.wording.ReachWording;
import java.util.List;
import java.util.Optional;

/**
 * Calls of {@code set_config}: safe only for a constant name, and where {@code SET} would be. The
 * search path can only be emptied: whether the call is evaluated depends on the rows of its query,
 * so nobody could tell afterwards what names mean, and an empty path makes them mean nothing.
 */
final class SettingCalls {
  private SettingCalls() {}

  static Safety judge(List<Optional<String>> constants, Catalog catalog) {
    String name = constants.isEmpty() ? null : constants.get(0).orElse(null);
    if (name == null) {
      return new Safety.Unsafe(ReachWording.SET_CONFIG_NAME.words());
    }
    String value = constants.size() < 2 ? null : constants.get(1).orElse(null);
    if (name.equalsIgnoreCase("search_path")) {
      return "".equals(value)
          ? Safety.SAFE
          : new Safety.Unsafe(ReachWording.SET_CONFIG_PATH.words());
    }
    List<String> values = value == null ? List.of() : List.of(value);
    return SafeSettings.refuse(name, values, value != null, catalog)
        .<Safety>map(why -> new Safety.Unsafe(ReachWording.SET_CONFIG.words(why)))
        .orElse(Safety.SAFE);
  }
}
