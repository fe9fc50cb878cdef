package io.pgguard.lineage;

import java.util.Set;

/**
 * Cursors that no text declared: in this transaction none but functions that the policy allows can
 * have opened one. What such a function returns is the owner's word already, so what its cursor
 * brings may come too, masked by the columns that the server names. Immutable.
 *
 * @param but names of portals that the client made itself
 */
public record CodeCursors(Set<String> but) {
  public CodeCursors {
    but = Set.copyOf(but);
  }

  /** Whether a cursor of that name is one of theirs, if it is there. */
  public boolean has(String name) {
    return !but.contains(name);
  }
}
