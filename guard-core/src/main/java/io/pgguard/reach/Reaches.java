package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Refers;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.ReachWording;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What texts and functions reach in one catalog snapshot. What a function's body reaches is worked
 * out once. Thread-safe.
 */
public final class Reaches {
  /** What functions of triggers and of event triggers return. */
  private static final Set<Integer> TRIGGERS = Set.of(2279, 3838);

  private static final int MOST_PATHS = 100;

  private final Catalog catalog;
  private final ReachIndex index;

  /** Whether a query can change anything by what it calls. */
  private final boolean callsChange;

  private final Map<Integer, Optional<Reach>> bodies = new ConcurrentHashMap<>();
  private final Map<Integer, Reach> follows = new ConcurrentHashMap<>();

  private final Map<Integer, Boolean> cursors = new ConcurrentHashMap<>();

  /** By the schemas that are searched before pg_catalog; sessions have few of them. */
  private final Map<List<String>, Optional<String>> hidden = new ConcurrentHashMap<>();

  public Reaches(Catalog catalog) {
    this.catalog = catalog;
    this.index = new ReachIndex(catalog);
    this.callsChange = catalog.functions().stream().anyMatch(Reaches::callChanges);
  }

  /**
   * What hides something of PostgreSQL's own from names without a schema; empty if nothing does.
   */
  public Optional<String> hiding(SearchPath path) {
    List<String> before = path.beforeSystem();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    if (hidden.size() > MOST_PATHS) {
      hidden.clear();
    }
    return hidden.computeIfAbsent(before, schemas -> Hidden.by(schemas, catalog));
  }

  /** What a text reaches by itself; what functions do that it runs is {@link #followed}. */
  public Reach of(Asked asked) {
    return new ReachWalk(catalog, index, asked).reach();
  }

  /** What values of these types may run into by themselves; 0 stands for any type. */
  public Reach ofTypes(Collection<Integer> typeOids) {
    ReachedTypes types = new ReachedTypes(catalog);
    for (int oid : typeOids) {
      if (oid == 0) {
        index.checking().forEach(types::hold);
      } else {
        types.hold(oid);
      }
    }
    return Reach.NOTHING.checking(types.checks(index.checking(), true));
  }

  /** What changing a relation reaches. */
  public Reach ofChange(int relationOid, Set<Event> events) {
    return of(new Asked(NamedCode.NOTHING, null, Set.of(), Map.of(relationOid, events)));
  }

  /** What the functions of a reach do besides, at any depth. */
  public Reach followed(Reach reach) {
    if (reach.systemOnly() && !callsChange) {
      return Reach.NOTHING; // PostgreSQL's own functions do nothing besides but run text
    }
    Reach all = Reach.NOTHING;
    for (int oid : reach.functions()) {
      Function function = catalog.function(oid).orElse(null);
      if (function != null) {
        all =
            function.builtIn()
                ? all.opened(isOpen(function))
                : all.with(follows.computeIfAbsent(oid, this::follow));
      }
    }
    return all;
  }

  /**
   * Whether the functions of a reach may change what names stand for, as those do that make
   * partitions; one that is not volatile cannot.
   */
  public boolean mayDefine(Reach reach) {
    if (reach.systemOnly() && !callsChange) {
      return false;
    }
    Reach followed = followed(reach);
    if (reach.open() || followed.open()) {
      return true;
    }
    Set<Integer> functions = new HashSet<>(reach.functions());
    functions.addAll(followed.functions());
    functions.addAll(reach.checks().keySet());
    return functions.stream()
        .anyMatch(oid -> catalog.function(oid).filter(Reaches::defines).isPresent());
  }

  /** Whether there is any function that may. */
  public boolean anyDefines() {
    return callsChange
        && catalog.functions().stream()
            .anyMatch(function -> !function.builtIn() && (isOpen(function) || defines(function)));
  }

  private static boolean defines(Function function) {
    String source = function.source();
    if (source == null
        || function.builtIn()
        || function.volatility() != Function.Volatility.VOLATILE
        || !readable(function)) {
      return false; // what of these may do so is open
    }
    BodyReading body = BodyReading.of(source);
    return body == null || body.mentions(BodyWords.DEFINES);
  }

  /** Whether a function's own body may open a cursor; what it calls is {@link #followed}. */
  public boolean opensCursors(Function function) {
    return cursors.computeIfAbsent(function.oid(), oid -> mayOpenCursors(function));
  }

  private static boolean mayOpenCursors(Function function) {
    if (function.builtIn()
        || function.kind() == Function.Kind.AGGREGATE
        || function.extension() != null && function.language().equals("c")) {
      return false;
    }
    String source = function.source();
    BodyReading body = source == null || !readable(function) ? null : BodyReading.of(source);
    return body == null
        || body.mentions(BodyWords.CURSORS)
        // of PL/pgSQL it begins a block
        || function.language().equals("sql") && body.mentions(Set.of("declare"));
  }

  private Reach follow(int first) {
    Reach all = Reach.NOTHING;
    Deque<Integer> open = new ArrayDeque<>(Set.of(first));
    Set<Integer> seen = new HashSet<>();
    while (!open.isEmpty()) {
      int oid = open.remove();
      Function function = seen.add(oid) ? catalog.function(oid).orElse(null) : null;
      if (function == null) {
        continue;
      }
      if (function.builtIn()) {
        all = all.opened(isOpen(function));
        continue;
      }
      Reach inner = refers(function).with(ofBody(function).orElse(Reach.NOTHING));
      open.addAll(inner.functions());
      all = all.with(inner).opened(isOpen(function));
    }
    return all;
  }

  /**
   * Whether a function may do what Guard cannot see. One that is not volatile changes nothing
   * itself; SQL text that it runs may call one that is (PostgreSQL documentation, "Function
   * Volatility Categories").
   */
  private boolean isOpen(Function function) {
    if (function.kind() == Function.Kind.AGGREGATE) {
      return false;
    }
    boolean isVolatile = function.volatility() == Function.Volatility.VOLATILE;
    if (function.builtIn() || (function.extension() != null && !isVolatile)) {
      return RefusedFunctions.runsText(function.name()) && callsChange;
    }
    if (function.extension() != null) {
      return !VolatileFunctions.OF_EXTENSIONS.contains(function.name());
    }
    if (!isVolatile && !callsChange) {
      return false;
    }
    String source = function.source();
    BodyReading body = source == null || !readable(function) ? null : BodyReading.of(source);
    return body == null || body.runsText();
  }

  /** A query cannot call the functions of triggers. */
  private static boolean callChanges(Function function) {
    return function.volatility() == Function.Volatility.VOLATILE
        && !function.builtIn()
        && !TRIGGERS.contains(function.returnType())
        && !(function.extension() != null
            && VolatileFunctions.OF_EXTENSIONS.contains(function.name()));
  }

  /** Whether its body is a text that is read here as the server reads it. */
  static boolean readable(Function function) {
    return (function.language().equals("sql") || function.language().equals("plpgsql"))
        && function.settings().stream().noneMatch(Reaches::movesQuotes);
  }

  /** Where backslashes escape, a body's strings end elsewhere than they seem to. */
  private static boolean movesQuotes(String setting) {
    return setting.startsWith("standard_conforming_strings=")
        && !setting.equals("standard_conforming_strings=on");
  }

  /** What a function's definition refers to beside its body: its arguments' defaults, its parts. */
  Reach refers(Function function) {
    Refers refers = catalog.code().ofFunction(function.oid());
    Map<Integer, String> attached = new HashMap<>();
    refers
        .functions()
        .forEach(oid -> attached.put(oid, ReachWording.DEFINITION.words(function.name())));
    return Reach.reading(refers.relations()).attaching(attached);
  }

  /** What a body reaches that can be read; its names may be found in any schema. */
  Optional<Reach> ofBody(Function function) {
    return bodies.computeIfAbsent(function.oid(), oid -> readBody(function));
  }

  private Optional<Reach> readBody(Function function) {
    String source = function.source();
    if (source == null || !readable(function)) {
      return Optional.empty();
    }
    try {
      Tokens tokens = Lexer.lex(source);
      return Optional.of(ofBody(tokens, BodyReading.of(tokens)));
    } catch (LexicalException e) {
      return Optional.empty();
    }
  }

  /** What a block of PL/pgSQL reaches; its names may be found in any schema. */
  public Reach ofBlock(Tokens block) {
    BodyReading body = BodyReading.of(block);
    return ofBody(block, body).opened(body.runsText());
  }

  private Reach ofBody(Tokens tokens, BodyReading body) {
    Map<Integer, Set<Event>> changes = new HashMap<>();
    BodyTargets.of(tokens)
        .forEach(
            (name, events) ->
                oids(catalog.relationsNamed(name)).forEach(oid -> changes.put(oid, events)));
    Set<Integer> reads = new HashSet<>();
    body.names().forEach(name -> reads.addAll(oids(catalog.relationsNamed(name))));
    return of(new Asked(NamedCodeReader.ofBody(tokens), null, reads, changes));
  }

  private static Collection<Integer> oids(Collection<Relation> relations) {
    return relations.stream().map(Relation::oid).toList();
  }
}
