package io.pgguard.catalog;

import java.util.List;

/**
 * Knows the type of the extension citext, whose values are text in both formats (its input and
 * output functions are those of text). Stateless.
 */
final class Citext {
  private static final String NAME = "citext";

  private Citext() {}

  /**
   * Whether a type is it, whatever it is called: by the function of the extension that sends it.
   */
  static boolean is(Catalog catalog, int typeOid) {
    return !Function.builtIn(typeOid)
        && catalog.functionsNamed("citextsend").stream()
            .anyMatch(
                f -> NAME.equals(f.extension()) && f.argumentTypes().equals(List.of(typeOid)));
  }
}
