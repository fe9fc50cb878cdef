package io.pgguard.reach;

import java.util.List;

/**
 * What a call, operator or cast may run: where types are not known, everything that it could stand
 * for. Immutable.
 *
 * @param functions those of which one is called; empty where nothing fits, so that the statement
 *     fails before it runs
 * @param type OID of the result's type, or 0
 */
public record Resolution(List<Callable> functions, int type) {
  public Resolution {
    functions = List.copyOf(functions);
  }
}
