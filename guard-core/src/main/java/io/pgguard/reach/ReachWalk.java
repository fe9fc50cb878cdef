package io.pgguard.reach;

import io.pgguard.catalog.AttachedCode;
import io.pgguard.catalog.Cast;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Operator;
import io.pgguard.catalog.Refers;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.catalog.Trigger;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.catalog.TypeCode;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.statement.Name;
import io.pgguard.wording.LineageWording;
import io.pgguard.wording.ReachWording;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Works out what one text reaches. Used by one thread, for one text. */
final class ReachWalk {
  private final Catalog catalog;
  private final ReachIndex index;
  private final Asked asked;
  private final ReachedTypes types;
  private final Map<Integer, String> named = new LinkedHashMap<>();
  private final Map<Integer, String> attached = new LinkedHashMap<>();
  private final Map<Integer, String> reading = new LinkedHashMap<>();
  private final Map<Integer, String> checks = new LinkedHashMap<>();
  private final Map<Integer, String> triggers = new LinkedHashMap<>();
  private final Set<Integer> reads = new HashSet<>();
  private boolean builds;
  private final Map<Integer, Set<Event>> changes;

  ReachWalk(Catalog catalog, ReachIndex index, Asked asked) {
    this.catalog = catalog;
    this.index = index;
    this.asked = asked;
    this.types = new ReachedTypes(catalog);
    this.changes = KeyChanges.of(catalog, asked.changes(), asked.updated());
  }

  Reach reach() {
    asked.reads().forEach(this::read);
    changes.forEach(this::change);
    asked.named().types().forEach(this::type);
    asked.taken().forEach(this::taken);
    if (asked.named().anyType()) {
      index.checking().forEach(types::make);
    }
    asked.named().functions().forEach(this::function);
    asked.named().fields().forEach(this::field);
    operatorsAndCasts();
    typeCode();
    return new Reach(named, attached, reading, checks, triggers, reads, changes, false);
  }

  private boolean onPath(String writtenSchema, String schema) {
    return writtenSchema.isEmpty()
        ? asked.path() == null || asked.path().schemas().contains(schema)
        : writtenSchema.equals(schema);
  }

  private static String schema(Name name) {
    return name.schema() == null ? "" : name.schema();
  }

  private void function(Name name) {
    Set<Integer> meant = asked.meant().get(name);
    for (Function function : catalog.functionsNamed(name.name())) {
      if (meant == null
          ? onPath(schema(name), function.schema())
          : meant.contains(function.oid())) {
        call(function, name.toString());
      }
    }
  }

  /** {@code x.f} is f(x) where there is no column f: f takes one value or a row. */
  private void field(String name) {
    for (Function function : catalog.functionsNamed(name)) {
      if (!function.builtIn()
          && !function.argumentTypes().isEmpty()
          && onPath("", function.schema())) {
        call(function, name);
      }
    }
  }

  private void call(Function function, String words) {
    builds |= Polymorphic.builds(function);
    named.putIfAbsent(function.oid(), words);
    if (function.builtIn()) {
      return;
    }
    function.argumentTypes().forEach(types::make);
    types.make(function.returnType());
    function.outputs().forEach(output -> types.make(output.typeOid()));
  }

  private void type(Name name) {
    for (TypeInfo type : catalog.typesNamed(name.name())) {
      if (onPath(schema(name), type.schema())) {
        types.make(type.oid());
      }
    }
  }

  /** A parameter of a type that nothing is known of may be a row that holds any. */
  private void taken(int typeOid) {
    if (catalog.type(typeOid).isPresent()) {
      types.make(typeOid);
    } else {
      index.checking().forEach(types::make);
    }
  }

  /** Operators bring types, types bring operators and casts: until nothing is added. */
  private void operatorsAndCasts() {
    Deque<Operator> operators = new ArrayDeque<>();
    for (String symbol : asked.named().operators()) {
      for (Operator operator : index.operators(symbol)) {
        if (asked.named().anySchema() || onPath("", operator.schema())) {
          operators.add(operator);
        }
      }
    }
    int before = -1;
    while (before != types.held().size()) {
      before = types.held().size();
      operators.removeIf(this::operator);
      index.casts().forEach(this::cast);
    }
  }

  private boolean operator(Operator operator) {
    if (!types.mayHold(operator.leftType()) || !types.mayHold(operator.rightType())) {
      return false;
    }
    String words = ReachWording.OPERATOR.words(operator.name());
    catalog.code().ofOperator(operator.oid()).forEach(oid -> named.putIfAbsent(oid, words));
    if (operator.functionOid() != 0) {
      named.putIfAbsent(operator.functionOid(), words);
      catalog.function(operator.functionOid()).ifPresent(f -> types.hold(f.returnType()));
    }
    return true;
  }

  /** A cast that only a text asks for needs its target named there. */
  private void cast(Cast cast) {
    boolean asked = cast.unnamed() || types.mayMake(cast.targetType());
    if (asked && types.mayHold(cast.sourceType()) && types.mayHold(cast.targetType())) {
      String to =
          catalog
              .type(cast.targetType())
              .map(TypeInfo::name)
              .orElse(ReachWording.SOME_TYPE.words());
      named.putIfAbsent(cast.functionOid(), LineageWording.CAST.words(to));
    }
  }

  /** What the types themselves bring: their forms and order where held, their checks where made. */
  private void typeCode() {
    for (int oid : types.held()) {
      TypeCode code = catalog.code().ofType(oid);
      boolean none = code.forms().isEmpty() && code.order().isEmpty();
      TypeInfo type = none ? null : catalog.type(oid).orElse(null);
      if (type != null) {
        boolean domain = type.kind() == TypeInfo.Kind.DOMAIN; // its forms are its default
        attachTypes(domain ? Set.of() : code.forms(), ReachWording.TYPE.words(type.name()));
        attachTypes(code.order(), ReachWording.ORDER_OF_TYPE.words(type.name()));
      }
    }
    for (int oid : types.made()) {
      TypeInfo type = catalog.type(oid).orElse(null);
      if (type != null) {
        attachTypes(catalog.code().ofType(oid).forms(), ReachWording.TYPE.words(type.name()));
        type.calls()
            .forEach(
                check ->
                    attached.putIfAbsent(check, ReachWording.CHECK_OF_TYPE.words(type.name())));
      }
    }
    checks.putAll(types.checks(index.checking(), builds || asked.named().builds()));
  }

  /** An extension's types were made by whoever may make any: their insides are trusted. */
  private void attachTypes(Set<Integer> functions, String words) {
    for (int oid : functions) {
      if (catalog.function(oid).filter(f -> f.extension() != null).isEmpty()) {
        attached.putIfAbsent(oid, words);
      }
    }
  }

  private void read(int oid) {
    Relation relation = catalog.relation(oid).orElse(null);
    if (relation == null || !reads.add(oid)) {
      return;
    }
    types.hold(relation);
    for (AttachedCode piece : catalog.code().ofRelation(oid)) {
      boolean runs = piece.part() != AttachedCode.Part.VIEW || isView(relation);
      if (runs && RelationCode.onRead(piece) && relation.extension() == null) {
        add(relation, piece, reading);
      }
    }
    if (isView(relation)) {
      relation.dependsOn().forEach(this::read);
    }
  }

  /** What a materialized view shows was computed before. */
  private static boolean isView(Relation relation) {
    return relation.kind() == RelationKind.VIEW;
  }

  private void add(Relation relation, AttachedCode piece, Map<Integer, String> to) {
    Refers refers = piece.refers();
    String words = RelationCode.words(relation, piece);
    refers.functions().forEach(oid -> to.putIfAbsent(oid, words));
    refers.types().forEach(types::make);
    refers.relations().forEach(this::read);
  }

  private void change(int oid, Set<Event> events) {
    Relation relation = catalog.relation(oid).orElse(null);
    if (relation == null) {
      return;
    }
    boolean asksForDefaults = asked.named().defaults() || !asked.changes().containsKey(oid);
    types.hold(relation);
    if (events.contains(Event.INSERT) || events.contains(Event.UPDATE)) {
      relation.columns().forEach(column -> types.make(column.typeOid()));
    }
    for (AttachedCode piece : catalog.code().ofRelation(oid)) {
      if (RelationCode.onChange(piece, events, asksForDefaults)) {
        add(relation, piece, attached);
      }
    }
    for (Trigger trigger : relation.triggers()) {
      if (trigger.on(events)) {
        triggers.putIfAbsent(
            trigger.function(), ReachWording.TRIGGER.words(relation.qualifiedName()));
      }
    }
    if (isView(relation)) {
      relation.dependsOn().forEach(this::read);
    }
  }
}
