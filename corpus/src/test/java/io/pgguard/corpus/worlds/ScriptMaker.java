package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes statements of every kind out of scripts.tsv. Not thread-safe. */
final class ScriptMaker {
  /**
   * A line of scripts.tsv.
   *
   * @param name tells it from every other
   * @param hits whether it holds a guess that hits, so that worlds may differ where guesses pass
   */
  record Script(String kind, String name, int main, List<Template> texts, boolean hits) {
    private static final Set<String> OWN = Set.of("temporary", "late", "ddl", "turned");

    /**
     * Whether it makes objects, whose numbers differ from world to world, or turns the policy, so
     * that plans go.
     */
    boolean ownCatalog() {
      return OWN.contains(kind);
    }

    boolean hasPlaces() {
      return texts.stream().anyMatch(text -> !text.places().isEmpty());
    }

    /** Those that a version of the server knows. */
    static List<Script> read(int version) {
      List<Script> scripts = new ArrayList<>();
      for (String[] line : Resource.lines("scripts", version)) {
        List<Template> texts = new ArrayList<>();
        for (String text : line[2].split(" ;; ", -1)) {
          texts.add(Template.of(text));
        }
        boolean hits = line[0].endsWith("!");
        String kind = hits ? line[0].substring(0, line[0].length() - 1) : line[0];
        String name = "script " + scripts.size();
        scripts.add(new Script(kind, name, Integer.parseInt(line[1]), texts, hits));
      }
      return scripts;
    }
  }

  private static final List<String> TARGETS =
      List.of(
          "sink",
          "uniq",
          "parent",
          "child",
          "checked",
          "generated",
          "indexed",
          "part",
          "listed",
          "base",
          "ruled",
          "rowed",
          "triggered",
          "person",
          "pay",
          "plain",
          "excluded",
          "boxes",
          "deferred",
          "vault");

  private final ServerCatalog catalog;
  private final ExpressionMaker expressions;
  private final QueryMaker queries;
  private final Dice dice;

  /** What the texts of one script share. */
  private Relation relation;

  private Scope scope = Scope.NONE;

  ScriptMaker(ServerCatalog catalog, ExpressionMaker expressions, QueryMaker queries, Dice dice) {
    this.catalog = catalog;
    this.expressions = expressions;
    this.queries = queries;
    this.dice = dice;
    this.relation = queries.froms().relation();
  }

  Case make(long number, Script script, int depth) {
    choose(script);
    List<Part> texts = new ArrayList<>();
    for (Template text : script.texts()) {
      List<Object> pieces = new ArrayList<>();
      for (int i = 0; i < text.places().size(); i++) {
        pieces.add(text.words().get(i));
        pieces.add(place(text.places().get(i), depth));
      }
      pieces.add(text.words().get(text.words().size() - 1));
      texts.add(new Part(Part.FIXED, pieces));
    }
    boolean ordered = texts.get(script.main()).sql().contains("ORDER BY a.id");
    return new Case(number, script.kind(), texts, script.main(), ordered);
  }

  private void choose(Script script) {
    boolean writes = script.texts().stream().anyMatch(t -> t.places().contains("target"));
    if (writes) {
      Relation chosen = catalog.relations().get(dice.of(TARGETS));
      relation = chosen == null ? queries.froms().relation() : chosen;
    } else {
      relation = queries.froms().relation();
    }
    scope = Scope.of(relation, "a");
    expressions.want();
  }

  private Part place(String place, int depth) {
    int blank = place.lastIndexOf(' ');
    Relation named = blank < 0 ? null : catalog.relations().get(place.substring(blank + 1));
    if (named != null) {
      Scope of = Scope.of(named, named.name());
      String what = place.substring(0, blank);
      return switch (what) {
        case "column" -> Part.fixed(dice.of(named.columns()).name());
        case "where" -> queries.froms().where(of, 60, 30);
        case "any" -> expressions.make(expressions.type(of), of, depth);
        default -> expressions.make(what, of, depth);
      };
    }
    return switch (place) {
      case "q" -> queries.query(depth).part();
      case "rel" -> Part.fixed(relation.name() + " a");
      case "relation" -> Part.fixed(relation.name());
      case "target" -> Part.fixed(relation.name() + " AS a");
      case "where" -> queries.froms().where(scope, 60, 30);
      case "and" ->
          dice.chance(50)
              ? Part.clause(" AND ", expressions.make("boolean", scope.open(), 1))
              : Part.clause();
      case "open" -> expressions.make("integer", Scope.NONE, 0);
      case "returned" -> Part.fixed(dice.any("t", "v", "n", "id"));
      case "any" -> expressions.make(expressions.type(scope), scope, depth);
      case "column", "column2" -> expressions.column(scope);
      case "key" -> Part.fixed(relation.columns().get(0).name());
      case "set" -> set(depth);
      case "row" -> row(depth);
      case "conflict" -> conflict();
      case "probe" -> probe();
      case "stats" ->
          Part.fixed(
              dice.any(
                  "null_frac, avg_width",
                  "n_distinct",
                  "most_common_vals",
                  "most_common_freqs",
                  "histogram_bounds",
                  "correlation",
                  "most_common_elems",
                  "most_common_elem_freqs",
                  "elem_count_histogram",
                  "range_length_histogram",
                  "range_empty_frac",
                  "range_bounds_histogram",
                  "tablename, attname, n_distinct"));
      case "statistic" ->
          Part.fixed(
              dice.any(
                  "stanullfrac",
                  "stadistinct",
                  "stavalues1",
                  "stanumbers2",
                  "stakind3",
                  "stawidth"));
      default ->
          place.startsWith("#")
              ? expressions.constant(place.substring(1))
              : place.startsWith("raw:")
                  ? expressions.leaves().raw(place.substring(4))
                  : expressions.make(place, scope, depth);
    };
  }

  private Relation.Column writable() {
    return dice.of(relation.columns());
  }

  private Part set(int depth) {
    Relation.Column column = writable();
    return Part.fixed(
        column.name() + " = ",
        dice.chance(40)
            ? expressions.constant(column.type())
            : expressions.make(column.type(), dice.chance(50) ? scope.open() : scope, depth));
  }

  private Part row(int depth) {
    List<Relation.Column> columns = new ArrayList<>();
    for (Relation.Column column : relation.columns()) {
      if (columns.size() < 6 && (columns.isEmpty() || dice.chance(60))) {
        columns.add(column);
      }
    }
    List<Part> values = new ArrayList<>();
    for (Relation.Column column : columns) {
      boolean key = column.name().equals("id");
      values.add(
          key
              ? Part.fixed(dice.any("1", "99", "98", "2"))
              : expressions.make(column.type(), Scope.NONE, dice.chance(20) ? depth - 1 : 0));
    }
    String names = String.join(", ", columns.stream().map(Relation.Column::name).toList());
    return Part.fixed("(" + names + ") VALUES (", Part.joined(", ", values), ")");
  }

  private Part conflict() {
    return switch (dice.below(4)) {
      case 0 -> Part.clause(" ON CONFLICT DO NOTHING");
      case 1 ->
          Part.clause(
              " ON CONFLICT (" + relation.columns().get(0).name() + ") DO UPDATE SET ", set(1));
      case 2 -> Part.clause(" ON CONFLICT (code) DO NOTHING");
      default -> Part.clause();
    };
  }

  /** Reads what a write may have left. */
  private Part probe() {
    List<String> open =
        relation.columns().stream()
            .filter(c -> !c.secret())
            .map(Relation.Column::name)
            .limit(6)
            .toList();
    return switch (dice.below(4)) {
      case 0 -> Part.fixed("SELECT count(*) FROM " + relation.name());
      case 1 -> Part.fixed("SELECT t, v FROM sink");
      default ->
          Part.fixed(
              "SELECT "
                  + (open.isEmpty() ? "count(*)" : String.join(", ", open))
                  + " FROM "
                  + relation.name());
    };
  }
}
