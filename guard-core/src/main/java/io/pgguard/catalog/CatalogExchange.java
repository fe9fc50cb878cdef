package io.pgguard.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was read anew in the place of what an earlier snapshot holds, and notes whether
 * anything differs and what has another name. Not thread-safe.
 */
final class CatalogExchange {
  private final CatalogReading before;
  private final CatalogBuilder catalog;
  private final Renames renames;
  private final Map<Integer, Relation> changed = new HashMap<>();
  private final Set<Integer> unprintedRelations = new HashSet<>();
  private final Set<Integer> unprintedFunctions = new HashSet<>();
  private boolean differs;

  CatalogExchange(CatalogReading before, Renames renames) {
    this.before = before;
    this.catalog = new CatalogBuilder(before.catalog());
    this.renames = renames;
  }

  /** For what is read whole, and so differs for sure. */
  CatalogBuilder differing() {
    differs = true;
    return catalog;
  }

  /** Takes relations that were read; of those asked for, what did not come is no more. */
  void take(RelationReader reader, Set<Integer> asked) {
    Set<Integer> gone = new HashSet<>(asked);
    for (Relation relation : reader.relations()) {
      gone.remove(relation.oid());
      exchange(before.catalog().relation(relation.oid()).orElse(null), relation);
    }
    gone.forEach(this::removeRelation);
    unprintedRelations.addAll(reader.unprinted());
  }

  /** Takes functions in the same way. */
  void take(FunctionReader reader, Set<Integer> asked) {
    Set<Integer> gone = new HashSet<>(asked);
    for (Function function : reader.functions()) {
      gone.remove(function.oid());
      exchange(before.catalog().function(function.oid()).orElse(null), function);
    }
    gone.forEach(this::removeFunction);
    unprintedFunctions.addAll(reader.unprinted());
  }

  /** Takes types in the same way. */
  void take(TypeReader reader, Set<Integer> asked) {
    Set<Integer> gone = new HashSet<>(asked);
    for (TypeInfo type : reader.types()) {
      gone.remove(type.oid());
      exchange(before.catalog().type(type.oid()).orElse(null), type);
    }
    gone.forEach(this::removeType);
  }

  /** As it is known so far. */
  @Nullable Relation relation(int oid) {
    Relation read = changed.get(oid);
    return read == null ? before.catalog().relation(oid).orElse(null) : read;
  }

  private void removeRelation(int oid) {
    if (before.catalog().relation(oid).isPresent()) {
      differs = true;
      catalog.removeRelation(oid);
    }
  }

  private void removeFunction(int oid) {
    if (before.catalog().function(oid).isPresent()) {
      differs = true;
      catalog.removeFunction(oid);
    }
  }

  private void removeType(int oid) {
    if (before.catalog().type(oid).isPresent()) {
      differs = true;
      catalog.removeType(oid);
    }
  }

  private void exchange(@Nullable Relation earlier, Relation now) {
    if (!now.equals(earlier)) {
      differs = true;
      catalog.add(now);
      changed.put(now.oid(), now);
      renames.note(earlier, now);
    }
  }

  private void exchange(@Nullable Function earlier, Function now) {
    if (!now.equals(earlier)) {
      differs = true;
      catalog.add(now);
      renames.note(earlier, now);
    }
  }

  private void exchange(@Nullable TypeInfo earlier, TypeInfo now) {
    if (!now.equals(earlier)) {
      differs = true;
      catalog.add(now);
      renames.note(earlier, now);
    }
  }

  /** What objects bring with them now. */
  void code(Code now) {
    if (now != before.catalog().code()) {
      differs = true;
      catalog.code(now);
    }
  }

  /** The snapshot that comes of it, the earlier one where nothing differs. */
  CatalogReading reading(CatalogChanges changes, Map<Integer, String> spaces) {
    boolean complete = unprintedRelations.isEmpty() && unprintedFunctions.isEmpty();
    Catalog now =
        differs || complete != before.catalog().complete()
            ? catalog.complete(complete).build()
            : before.catalog();
    return new CatalogReading(
        now,
        changes.appliedTo(before.rows()),
        changes.horizon(),
        spaces,
        unprintedRelations,
        unprintedFunctions);
  }
}
