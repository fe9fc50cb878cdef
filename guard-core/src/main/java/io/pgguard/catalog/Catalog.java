package io.pgguard.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one database's catalog: what its names and OIDs mean. Immutable, and so safe for
 * any number of threads.
 *
 * <p>Temporary relations, types and functions are not in it: they belong to a session.
 */
public final class Catalog {
  private static final int TEXT = 25;

  private final String database;
  private final int serverVersion;
  private final long fingerprint;
  private final boolean complete;
  private final int eventTriggers;
  private final boolean unicode;
  private final Relations relations;
  private final Map<Integer, Function> functions;
  private final Map<String, List<Function>> functionsByName;
  private final Map<Integer, TypeInfo> types;
  private final List<Cast> casts;
  private final List<Operator> operators;
  private final Code code;
  private final Map<String, List<TypeInfo>> typesByName;
  private final Map<Integer, List<TypeInfo>> rowTypes;

  Catalog(CatalogBuilder from) {
    Catalog base = from.base;
    database = from.database;
    serverVersion = from.serverVersion;
    fingerprint = from.fingerprint;
    complete = from.complete;
    eventTriggers = from.eventTriggers;
    unicode = from.unicode;
    relations = relations(base, from);
    if (base != null && from.functions == null) {
      functions = base.functions;
      functionsByName = base.functionsByName;
    } else {
      functions = Collections.unmodifiableMap(new LinkedHashMap<>(from.functions()));
      functionsByName = Relations.index(functions.values(), f -> List.of(f.name()));
    }
    if (base != null && from.types == null) {
      types = base.types;
      typesByName = base.typesByName;
      rowTypes = base.rowTypes;
    } else {
      types = Collections.unmodifiableMap(new HashMap<>(from.types()));
      typesByName = Relations.index(types.values(), t -> List.of(t.name()));
      rowTypes =
          Relations.index(
              types.values(), t -> t.relationOid() == 0 ? List.of() : List.of(t.relationOid()));
    }
    code = from.code;
    casts = List.copyOf(from.casts);
    operators = List.copyOf(from.operators);
  }

  private static Relations relations(@Nullable Catalog base, CatalogBuilder from) {
    if (base == null) {
      return new Relations(from.relations());
    }
    return from.relations == null
        ? base.relations
        : new Relations(
            base.relations, from.changedRelations, new LinkedHashMap<>(from.relations()));
  }

  /** The name of the database. */
  public String database() {
    return database;
  }

  /** The server's version as {@code server_version_num} gives it, such as 180006. */
  public int serverVersion() {
    return serverVersion;
  }

  /** Whether the server counts characters as Unicode does: the database's encoding is UTF8. */
  public boolean unicode() {
    return unicode;
  }

  /**
   * A number made of everything that the snapshot holds: equal for snapshots of the same catalog.
   * It tells people and logs apart what is likely to differ; no decision rests on it, since others
   * can be made to have the same.
   */
  public long fingerprint() {
    return fingerprint;
  }

  /**
   * Whether every definition and expression was read. Those of a relation that another transaction
   * holds an exclusive lock on are left out, so that reading never waits for it.
   */
  public boolean complete() {
    return complete;
  }

  /** How many event triggers are enabled. */
  public int eventTriggers() {
    return eventTriggers;
  }

  /** The relation of that OID. */
  public Optional<Relation> relation(int oid) {
    return relations.find(oid);
  }

  /** The relation of exactly that name in that schema. */
  public Optional<Relation> relation(String schema, String name) {
    return relations.find(schema, name);
  }

  /** The relations of exactly that name in any schema, ordered by schema. */
  public List<Relation> relationsNamed(String name) {
    return relations.named(name);
  }

  /** Every relation, of system schemas too. */
  public Collection<Relation> relations() {
    return relations.all();
  }

  /** The function of that OID. */
  public Optional<Function> function(int oid) {
    return Optional.ofNullable(functions.get(oid));
  }

  /** The functions of exactly that name in any schema. */
  public List<Function> functionsNamed(String name) {
    return functionsByName.getOrDefault(name, List.of());
  }

  /** Every function, of system schemas too. */
  public Collection<Function> functions() {
    return functions.values();
  }

  /** A copy of all functions. */
  Map<Integer, Function> functionsByOid() {
    return new LinkedHashMap<>(functions);
  }

  /** A copy of all types. */
  Map<Integer, TypeInfo> typesByOid() {
    return new HashMap<>(types);
  }

  /** The type of that OID. */
  public Optional<TypeInfo> type(int oid) {
    return Optional.ofNullable(types.get(oid));
  }

  /** Whether values of a type may be rows: of composite types, domains over them, and records. */
  public boolean mayBeRow(int type) {
    TypeInfo base = type(baseType(type)).orElse(null);
    return base == null
        ? type != 0 && !Function.builtIn(type)
        : base.kind() == TypeInfo.Kind.COMPOSITE || base.kind() == TypeInfo.Kind.PSEUDO;
  }

  /** The types of exactly that name in any schema. */
  public List<TypeInfo> typesNamed(String name) {
    return typesByName.getOrDefault(name, List.of());
  }

  /** The types that a relation's rows have: one, or none where it has no rows of its own. */
  public List<TypeInfo> rowTypes(int relationOid) {
    return rowTypes.getOrDefault(relationOid, List.of());
  }

  /** Every type. */
  public Collection<TypeInfo> types() {
    return types.values();
  }

  /**
   * The OID of the type that a type stands on: what is under a domain, at any depth; a type that is
   * no domain, or is not in the snapshot, itself.
   */
  public int baseType(int oid) {
    int at = oid;
    for (TypeInfo type = types.get(at);
        type != null && type.baseType() != 0;
        type = types.get(at)) {
      at = type.baseType();
    }
    return at;
  }

  /**
   * The type whose values a type's values are, byte for byte: that of {@link #baseType}, and text
   * for the type of the extension citext, which differs in how it is compared alone.
   */
  public int valueType(int oid) {
    int base = baseType(oid);
    return Citext.is(this, base) ? TEXT : base;
  }

  /** Casts that are not PostgreSQL's own. */
  public List<Cast> casts() {
    return casts;
  }

  /** Operators that are not PostgreSQL's own. */
  public List<Operator> operators() {
    return operators;
  }

  /** What code the objects bring with them. */
  public Code code() {
    return code;
  }

  /** All inheritance children and partitions of a relation, at any depth, without itself. */
  public List<Relation> children(int oid) {
    return relations.children(oid);
  }

  /**
   * All views and materialized views that read a relation, at any depth, without itself; a TOAST
   * table counts as a reader of its table. What reads only a parent or a child of it is not here.
   */
  public List<Relation> dependents(int oid) {
    return relations.readers(oid);
  }

  /** OIDs of the relations that foreign keys lead to from a relation or any of its children. */
  public Set<Integer> cascades(int oid) {
    Set<Integer> cascades = new HashSet<>();
    relation(oid).ifPresent(relation -> cascades.addAll(relation.cascades()));
    for (Relation child : children(oid)) {
      cascades.addAll(child.cascades());
    }
    return cascades;
  }

  /** OIDs of the functions that triggers of a relation or of any of its children call. */
  public Set<Integer> triggersOf(int oid) {
    return triggersOf(oid, Trigger.Event.ALL);
  }

  /** Of {@link #triggersOf(int)} those that some of these changes set off. */
  public Set<Integer> triggersOf(int oid, Set<Trigger.Event> changes) {
    Set<Integer> functions = new HashSet<>();
    relation(oid).ifPresent(relation -> addFunctions(relation, changes, functions));
    for (Relation child : children(oid)) {
      addFunctions(child, changes, functions);
    }
    return functions;
  }

  private static void addFunctions(
      Relation relation, Set<Trigger.Event> changes, Set<Integer> functions) {
    for (Trigger trigger : relation.triggers()) {
      if (trigger.on(changes)) {
        functions.add(trigger.function());
      }
    }
  }

  /** Whether another snapshot of the database has all beside relations and types as this one. */
  boolean sameBeside(Catalog other) {
    return functions == other.functions
        && casts.equals(other.casts)
        && operators.equals(other.operators)
        && code.sameBesideRelations(other.code)
        && serverVersion == other.serverVersion
        && unicode == other.unicode
        && database.equals(other.database);
  }

  @Override
  public String toString() {
    return "Catalog["
        + database
        + ", "
        + relations.all().size()
        + " relations, fingerprint "
        + Long.toHexString(fingerprint)
        + "]";
  }
}
