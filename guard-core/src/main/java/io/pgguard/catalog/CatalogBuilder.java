package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a snapshot holds. What stays as it was in the snapshot that it began with is shared
 * with that. Not thread-safe.
 */
public final class CatalogBuilder {
  final @Nullable Catalog base;
  final String database;
  final int serverVersion;
  final Set<Integer> changedRelations = new HashSet<>();
  @Nullable Map<Integer, Relation> relations;
  @Nullable Map<Integer, Function> functions;
  @Nullable Map<Integer, TypeInfo> types;
  List<Cast> casts = new ArrayList<>();
  List<Operator> operators = new ArrayList<>();
  Code code = Code.NONE;
  long fingerprint;
  boolean complete = true;
  int eventTriggers;
  boolean unicode = true;

  /**
   * @param database the name of the database
   * @param serverVersion as {@code server_version_num}, such as 180006
   */
  public CatalogBuilder(String database, int serverVersion) {
    this.base = null;
    this.database = database;
    this.serverVersion = serverVersion;
  }

  /** Begins with all that another snapshot holds. */
  public CatalogBuilder(Catalog base) {
    this.base = base;
    this.database = base.database();
    this.serverVersion = base.serverVersion();
    this.casts = new ArrayList<>(base.casts());
    this.operators = new ArrayList<>(base.operators());
    this.code = base.code();
    this.fingerprint = base.fingerprint();
    this.complete = base.complete();
    this.eventTriggers = base.eventTriggers();
    this.unicode = base.unicode();
  }

  Map<Integer, Relation> relations() {
    Map<Integer, Relation> all = relations;
    if (all == null) {
      all = new LinkedHashMap<>();
      if (base != null) {
        for (Relation relation : base.relations()) {
          all.put(relation.oid(), relation);
        }
      }
      relations = all;
    }
    return all;
  }

  Map<Integer, Function> functions() {
    Map<Integer, Function> all = functions;
    if (all == null) {
      all = base == null ? new LinkedHashMap<>() : base.functionsByOid();
      functions = all;
    }
    return all;
  }

  Map<Integer, TypeInfo> types() {
    Map<Integer, TypeInfo> all = types;
    if (all == null) {
      all = base == null ? new HashMap<>() : base.typesByOid();
      types = all;
    }
    return all;
  }

  private void mark(@Nullable Object before, @Nullable Object now) {
    fingerprint ^= Fingerprint.of(before) ^ Fingerprint.of(now);
  }

  /** Adds a relation; one of the same OID is replaced. */
  public CatalogBuilder add(Relation relation) {
    mark(relations().put(relation.oid(), relation), relation);
    changedRelations.add(relation.oid());
    return this;
  }

  /** Takes a relation out, if it is there. */
  public CatalogBuilder removeRelation(int oid) {
    mark(relations().remove(oid), null);
    changedRelations.add(oid);
    return this;
  }

  /** Adds a function; one of the same OID is replaced. */
  public CatalogBuilder add(Function function) {
    mark(functions().put(function.oid(), function), function);
    return this;
  }

  /** Takes a function out, if it is there. */
  public CatalogBuilder removeFunction(int oid) {
    mark(functions().remove(oid), null);
    return this;
  }

  /** Adds a type; one of the same OID is replaced. */
  public CatalogBuilder add(TypeInfo type) {
    mark(types().put(type.oid(), type), type);
    return this;
  }

  /** Takes a type out, if it is there. */
  public CatalogBuilder removeType(int oid) {
    mark(types().remove(oid), null);
    return this;
  }

  /** Adds a cast that is not PostgreSQL's own. */
  public CatalogBuilder add(Cast cast) {
    mark(null, cast);
    casts.add(cast);
    return this;
  }

  /** Takes all casts out. */
  public CatalogBuilder removeCasts() {
    casts.forEach(cast -> mark(cast, null));
    casts = new ArrayList<>();
    return this;
  }

  /** Adds an operator that is not PostgreSQL's own. */
  public CatalogBuilder add(Operator operator) {
    mark(null, operator);
    operators.add(operator);
    return this;
  }

  /** Takes all operators out. */
  public CatalogBuilder removeOperators() {
    operators.forEach(operator -> mark(operator, null));
    operators = new ArrayList<>();
    return this;
  }

  /** Sets {@link Catalog#code()}; none if never called. */
  public CatalogBuilder code(Code value) {
    fingerprint ^= code.fingerprint() ^ value.fingerprint();
    code = value;
    return this;
  }

  /** Sets {@link Catalog#complete()}; true if never called. */
  public CatalogBuilder complete(boolean value) {
    complete = value;
    return this;
  }

  /** Sets {@link Catalog#eventTriggers()}; 0 if never called. */
  public CatalogBuilder eventTriggers(int count) {
    mark(eventTriggers, count);
    eventTriggers = count;
    return this;
  }

  /** Sets {@link Catalog#unicode()}; true if never called. */
  public CatalogBuilder unicode(boolean value) {
    unicode = value;
    return this;
  }

  /** The snapshot of what was added so far. */
  public Catalog build() {
    return new Catalog(this);
  }
}
