package io.pgguard.reach;

import io.pgguard.catalog.Function;
import java.util.List;

/**
 * A function that a call or an operator may stand for. Immutable.
 *
 * @param key its name and argument types by the names of {@code pg_type}: {@code substr(text,
 *     int4)}
 * @param oid its OID; 0 for the function behind one of PostgreSQL's own operators
 * @param kind what it is
 * @param system whether it came with the server
 * @param takes OIDs of the types that it takes, one for each argument that is given
 * @param gives OID of its result's type as declared
 * @param set whether it gives a set
 */
public record Callable(
    String key,
    int oid,
    Function.Kind kind,
    boolean system,
    List<Integer> takes,
    int gives,
    boolean set) {
  public Callable {
    takes = List.copyOf(takes);
  }
}
