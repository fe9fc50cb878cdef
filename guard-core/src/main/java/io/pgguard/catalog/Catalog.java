package io.pgguard.catalog;

import java.util.ArrayList;
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
  private final String database;
  private final int serverVersion;
  private final long fingerprint;
  private final boolean complete;
  private final int eventTriggers;
  private final Relations relations;
  private final Map<Integer, Function> functions;
  private final Map<String, List<Function>> functionsByName;
  private final Map<Integer, TypeInfo> types;
  private final List<Cast> casts;
  private final List<Operator> operators;
  private final Code code;
  private final Map<String, List<TypeInfo>> typesByName;
  private final Map<Integer, List<TypeInfo>> rowTypes;

  private Catalog(Builder from) {
    Catalog base = from.base;
    database = from.database;
    serverVersion = from.serverVersion;
    fingerprint = from.fingerprint;
    complete = from.complete;
    eventTriggers = from.eventTriggers;
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

  private static Relations relations(@Nullable Catalog base, Builder from) {
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

  /** The type of that OID. */
  public Optional<TypeInfo> type(int oid) {
    return Optional.ofNullable(types.get(oid));
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

  /**
   * Collects what a snapshot holds. What stays as it was in the snapshot that it began with is
   * shared with that. Not thread-safe.
   */
  public static final class Builder {
    private final @Nullable Catalog base;
    private final String database;
    private final int serverVersion;
    private final Set<Integer> changedRelations = new HashSet<>();
    private @Nullable Map<Integer, Relation> relations;
    private @Nullable Map<Integer, Function> functions;
    private @Nullable Map<Integer, TypeInfo> types;
    private List<Cast> casts = new ArrayList<>();
    private List<Operator> operators = new ArrayList<>();
    private Code code = Code.NONE;
    private long fingerprint;
    private boolean complete = true;
    private int eventTriggers;

    /**
     * @param database the name of the database
     * @param serverVersion as {@code server_version_num}, such as 180006
     */
    public Builder(String database, int serverVersion) {
      this.base = null;
      this.database = database;
      this.serverVersion = serverVersion;
    }

    /** Begins with all that another snapshot holds. */
    public Builder(Catalog base) {
      this.base = base;
      this.database = base.database;
      this.serverVersion = base.serverVersion;
      this.casts = new ArrayList<>(base.casts);
      this.operators = new ArrayList<>(base.operators);
      this.code = base.code;
      this.fingerprint = base.fingerprint;
      this.complete = base.complete;
      this.eventTriggers = base.eventTriggers;
    }

    private Map<Integer, Relation> relations() {
      Map<Integer, Relation> all = relations;
      if (all == null) {
        all = new LinkedHashMap<>();
        if (base != null) {
          for (Relation relation : base.relations.all()) {
            all.put(relation.oid(), relation);
          }
        }
        relations = all;
      }
      return all;
    }

    private Map<Integer, Function> functions() {
      Map<Integer, Function> all = functions;
      if (all == null) {
        all = base == null ? new LinkedHashMap<>() : new LinkedHashMap<>(base.functions);
        functions = all;
      }
      return all;
    }

    private Map<Integer, TypeInfo> types() {
      Map<Integer, TypeInfo> all = types;
      if (all == null) {
        all = base == null ? new HashMap<>() : new HashMap<>(base.types);
        types = all;
      }
      return all;
    }

    private void mark(@Nullable Object before, @Nullable Object now) {
      fingerprint ^= Fingerprint.of(before) ^ Fingerprint.of(now);
    }

    /** Adds a relation; one of the same OID is replaced. */
    public Builder add(Relation relation) {
      mark(relations().put(relation.oid(), relation), relation);
      changedRelations.add(relation.oid());
      return this;
    }

    /** Takes a relation out, if it is there. */
    public Builder removeRelation(int oid) {
      mark(relations().remove(oid), null);
      changedRelations.add(oid);
      return this;
    }

    /** Adds a function; one of the same OID is replaced. */
    public Builder add(Function function) {
      mark(functions().put(function.oid(), function), function);
      return this;
    }

    /** Takes a function out, if it is there. */
    public Builder removeFunction(int oid) {
      mark(functions().remove(oid), null);
      return this;
    }

    /** Adds a type; one of the same OID is replaced. */
    public Builder add(TypeInfo type) {
      mark(types().put(type.oid(), type), type);
      return this;
    }

    /** Takes a type out, if it is there. */
    public Builder removeType(int oid) {
      mark(types().remove(oid), null);
      return this;
    }

    /** Adds a cast that is not PostgreSQL's own. */
    public Builder add(Cast cast) {
      mark(null, cast);
      casts.add(cast);
      return this;
    }

    /** Takes all casts out. */
    public Builder removeCasts() {
      casts.forEach(cast -> mark(cast, null));
      casts = new ArrayList<>();
      return this;
    }

    /** Adds an operator that is not PostgreSQL's own. */
    public Builder add(Operator operator) {
      mark(null, operator);
      operators.add(operator);
      return this;
    }

    /** Takes all operators out. */
    public Builder removeOperators() {
      operators.forEach(operator -> mark(operator, null));
      operators = new ArrayList<>();
      return this;
    }

    /** Sets {@link Catalog#code()}; none if never called. */
    public Builder code(Code value) {
      fingerprint ^= code.fingerprint() ^ value.fingerprint();
      code = value;
      return this;
    }

    /** Sets {@link Catalog#complete()}; true if never called. */
    public Builder complete(boolean value) {
      complete = value;
      return this;
    }

    /** Sets {@link Catalog#eventTriggers()}; 0 if never called. */
    public Builder eventTriggers(int count) {
      mark(eventTriggers, count);
      eventTriggers = count;
      return this;
    }

    /** The snapshot of what was added so far. */
    public Catalog build() {
      return new Catalog(this);
    }
  }
}
