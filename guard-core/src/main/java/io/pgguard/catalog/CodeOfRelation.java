package io.pgguard.catalog;

import java.util.List;

/**
 * The code of one relation, and the constraints that tie it to itself and to others. Immutable.
 *
 * @param pieces the pieces of code that belong to it
 * @param keysTo the foreign keys that point to it
 * @param keysFrom its own foreign keys
 * @param comparing what compares its rows with each other or with themselves
 * @param definition a hash of the code itself: policies, triggers, defaults, checks, rules; empty
 *     where there is none
 */
record CodeOfRelation(
    List<AttachedCode> pieces,
    List<ForeignKey> keysTo,
    List<ForeignKey> keysFrom,
    List<Comparing> comparing,
    String definition) {
  static final CodeOfRelation NOTHING =
      new CodeOfRelation(List.of(), List.of(), List.of(), List.of(), "");

  CodeOfRelation {
    pieces = List.copyOf(pieces);
    keysTo = List.copyOf(keysTo);
    keysFrom = List.copyOf(keysFrom);
    comparing = List.copyOf(comparing);
  }
}
