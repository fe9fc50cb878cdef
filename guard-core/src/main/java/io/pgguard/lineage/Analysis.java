package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.Coercions;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One analysis of one statement: what it knows, what it has collected so far, and the parts that do
 * the work. Used by one thread.
 */
final class Analysis {
  private static final int STEPS = 3_000_000;
  private static final int MOST_OUTPUTS = 1_664;

  final Catalog catalog;
  final SearchPath path;
  final SessionObjects session;
  final Snapshot snapshot;
  final Views views;
  final Relations relations = new Relations(this);
  final Expressions expressions = new Expressions(this);
  final Casts casts = new Casts(this);
  final References references = new References(this);
  final Conditions conditions = new Conditions(this);
  final Calls calls = new Calls(this);
  final Sizes sizes = new Sizes(this);
  final Windows windows = new Windows(this);
  final CommonType common = new CommonType(this);
  final Choices choices = new Choices(this);
  final ArrayExpressions arrays = new ArrayExpressions(this);
  final SpecialForms forms = new SpecialForms(this);
  final FromClauses from = new FromClauses(this);
  final FromFunctions functions = new FromFunctions(this);
  final DocumentTables documents = new DocumentTables(this);
  final CommonTables tables = new CommonTables(this);
  final Queries queries = new Queries(this);
  final Changes changes = new Changes(this);
  final Structures structures;
  final JsonDocuments json;
  final Failures failures;
  final Influences influences = new Influences(this::isExact);

  /** The query that is the whole statement; null where the statement is none. */
  @Nullable Query whole;

  /** Whether the result does not depend on where the rows are kept of what is read. */
  boolean placeFree;

  /** The same but for the order of groups, each of which brings one row. */
  boolean groupsFree;

  /** Follows parts of columns by themselves; null where a text cannot be sent otherwise. */
  @Nullable ShownParts shown;

  private final Set<WriteFlow> writes = new LinkedHashSet<>();
  private final Set<Integer> reads = new HashSet<>();
  private final Set<Integer> writesRelations = new HashSet<>();
  private final Set<CalledFunction> called = new LinkedHashSet<>();

  /** What the client declares of the text's parameters. */
  List<Integer> parameters;

  private final Set<FunctionCall> followed = Collections.newSetFromMap(new IdentityHashMap<>());
  private Sources computed = Sources.NONE;

  /** Whether the size of what is computed shows: EXPLAIN ANALYZE tells memory and output. */
  boolean sizesShow;

  /** Whether calls that tell sizes are followed; of the system's views the columns are known. */
  boolean followsSizes = true;

  /** Whether the owner's word for columns of a view counts for its rows too. */
  boolean trustsReleases = true;

  final ReleasedRows releasedRows = new ReleasedRows(this);
  private long steps;

  /** Whether a temporary relation is read. */
  boolean readsTemporary;

  @Nullable MadeColumns made;

  Analysis(Snapshot snapshot, SearchPath path, SessionObjects session) {
    this.snapshot = snapshot;
    this.catalog = snapshot.catalog();
    this.views = snapshot.views();
    this.path = path;
    this.session = session;
    this.parameters = session.parameters();
    this.structures = new Structures(catalog);
    this.json = new JsonDocuments(catalog);
    this.failures = new Failures(this);
  }

  /** Counts work, so that no text makes it endless. */
  void step() {
    step(1);
  }

  /** Counts work that goes over so many columns or items. */
  void step(int work) {
    steps += work;
    if (steps > STEPS) {
      throw new Unresolved(LineageWording.TOO_LARGE);
    }
  }

  /**
   * Holds a list of outputs to the width that PostgreSQL allows one (MaxTupleAttributeNumber,
   * checked by free_parsestate): common tables that select each other's columns twice would double
   * them each time.
   */
  List<Value.Field> bounded(List<Value.Field> outputs) {
    if (outputs.size() > MOST_OUTPUTS) {
      throw new Unresolved(LineageWording.MANY_COLUMNS, MOST_OUTPUTS);
    }
    return outputs;
  }

  Value value(Expression expression, Scope scope) {
    return expressions.value(expression, scope);
  }

  /** Notes columns that decide about more than one known value. */
  void influence(Sources sources, String where) {
    influences.any(sources, where);
  }

  /** Notes columns that something is computed from, where its size shows. */
  void computed(Sources sources) {
    computed = computed.with(sources);
  }

  Sources computed() {
    return computed;
  }

  void write(WriteFlow flow) {
    writes.add(flow);
  }

  void called(CalledFunction function) {
    called.add(function);
  }

  /** Notes that what a call means is told. */
  void follows(FunctionCall call) {
    followed.add(call);
  }

  /** The calls of a statement of which nothing told what they mean: any function of the name. */
  Set<CalledFunction> unfollowed(Statement statement) {
    Set<CalledFunction> calls = new HashSet<>();
    statement.walk(
        node -> {
          if (node instanceof FunctionCall call && !followed.contains(call)) {
            calls.add(CalledFunction.function(call.name().schema(), call.name().last()));
          }
        });
    return calls;
  }

  /**
   * OID of the type that the client declares for a parameter; 0 where it leaves it to the server,
   * -1 where it is not known.
   */
  int declared(Parameter parameter) {
    String number = parameter.number();
    int at = number.length() > 5 ? 0 : Integer.parseInt(number);
    List<Integer> types = parameters;
    int type = at > 0 && at <= types.size() ? types.get(at - 1) : 0;
    return type == Coercions.UNKNOWN ? 0 : type;
  }

  void reads(int relationOid) {
    reads.add(relationOid);
  }

  void readsAll(Set<Integer> relationOids) {
    reads.addAll(relationOids);
  }

  void writesRelation(Relation relation) {
    if (writesRelations.add(relation.oid())) {
      catalog.children(relation.oid()).forEach(child -> writesRelations.add(child.oid()));
    }
  }

  /** Takes over what a statement does that was analysed before. */
  void absorb(Lineage.Known earlier) {
    earlier.influences().forEach(influences::add);
    writes.addAll(earlier.writes());
    reads.addAll(earlier.reads());
    writesRelations.addAll(earlier.writesRelations());
    earlier.calls().forEach(call -> called.add(call.anew()));
    readsTemporary |= earlier.temporary();
  }

  /** Whether no two values of these columns are equal that are not the same. */
  boolean isExact(Sources sources) {
    boolean[] exact = {true};
    sources.each(
        (oid, number, flow) ->
            exact[0] &=
                catalog
                    .relation(oid)
                    .flatMap(relation -> relation.column(ShownReference.column(number)))
                    .filter(column -> !column.deterministic())
                    .isEmpty());
    return exact[0];
  }

  /** Notes what decides where the rows are kept of what is read and changed. */
  private void places() {
    for (int oid : placeFree ? Set.<Integer>of() : reads) {
      influence(snapshot.places().ofRead(oid), LineageWording.PARTITIONS.words());
    }
    for (int oid : writesRelations) {
      boolean throughParent =
          catalog.relation(oid).stream()
              .flatMap(relation -> relation.parents().stream())
              .anyMatch(writesRelations::contains);
      if (!throughParent) {
        influence(snapshot.places().ofPart(oid), LineageWording.PARTITION.words());
      }
    }
  }

  Lineage.Known known(List<OutputLineage> outputs) {
    places();
    releasedRows.settle();
    return new Lineage.Known(
        outputs,
        influences.all(),
        new ArrayList<>(writes),
        reads,
        writesRelations,
        called,
        made,
        readsTemporary);
  }
}
