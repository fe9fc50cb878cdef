package io.pgguard.plan;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogPart;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Lineage;
import io.pgguard.reach.CalledFunction;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the catalog a query was decided by: while that is as it was, so is the decision, whatever
 * else has changed. Only of plain queries, over tables and views of PostgreSQL's own types, which
 * run nothing but PostgreSQL's own code: of these what is protected follows from the relations that
 * are tied to what they read by inheritance and views, and what their names stand for from the
 * words that they are written in. Stateless.
 */
public final class Footing {
  /** What a query may call that is not immutable: what is known to look at its arguments alone. */
  private static final Set<String> STABLE =
      Set.of(
          "now",
          "to_char",
          "date_trunc",
          "concat",
          "concat_ws",
          "format",
          "json_agg",
          "jsonb_agg",
          "to_json",
          "to_jsonb",
          "row_to_json",
          "json_build_object",
          "jsonb_build_object");

  /** Types whose values are looked up by name. */
  private static final Set<String> LOOKING_UP =
      Set.of(
          "regclass",
          "regcollation",
          "regconfig",
          "regdictionary",
          "regnamespace",
          "regoper",
          "regoperator",
          "regproc",
          "regprocedure",
          "regrole",
          "regtype");

  private static final int MOST_RELATIONS = 64;
  private static final int MOST_WORDS = 256;

  /** From here on PostgreSQL cuts names. */
  private static final int LONGEST_NAME = 63;

  private final Catalog catalog;
  private final Set<Integer> relations = new HashSet<>();
  private final Set<String> words = new HashSet<>();

  private Footing(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * What a statement was decided by; null where more than a part of the catalog may matter.
   *
   * @param plan its text's
   * @param part what is known of it as it runs
   */
  public static @Nullable CatalogPart of(TextPlan plan, StatementAnalysis part) {
    Footing footing = new Footing(plan.perspective().catalog());
    return plan.parts().stream().anyMatch(one -> one == part)
            && KeptPlans.isFollowed(plan)
            && plan.perspective().path().beforeSystem().isEmpty()
            && footing.isQuery(part)
            && hidesSome(part.protections())
            && part.lineage() instanceof Lineage.Known known
            && footing.stands(known.reads())
            && footing.stands(part.reach().reads())
            && footing.names(part.facts().tokens())
            && footing.words.size() <= MOST_WORDS
            && footing.words.stream().noneMatch(LOOKING_UP::contains)
        ? new CatalogPart(footing.relations, footing.words)
        : null;
  }

  private static boolean hidesSome(Protections protections) {
    return protections.columns().protectedRelations().stream()
        .anyMatch(oid -> !Function.builtIn(oid));
  }

  private boolean isQuery(StatementAnalysis part) {
    StatementFacts facts = part.facts();
    return facts.kind() == StatementKind.SELECT
        && !facts.dataModifyingWith()
        && KeptPlans.isPlain(part)
        && part.counting() == null
        && part.forecast() == null
        && part.reach().changes().isEmpty()
        && part.lineage() instanceof Lineage.Known known
        && known.writesRelations().isEmpty()
        && known.writes().isEmpty()
        && known.calls().stream().allMatch(this::looksAtArguments);
  }

  /** Whether what it gives follows from what it is given: it looks nothing up by a name. */
  private boolean looksAtArguments(CalledFunction call) {
    return switch (call.form()) {
      case OPERATOR -> !call.meant().isEmpty();
      case CAST -> true;
      case FUNCTION ->
          !call.meant().isEmpty()
              && call.meant().stream()
                  .allMatch(oid -> catalog.function(oid).filter(Footing::isTame).isPresent());
    };
  }

  private static boolean isTame(Function function) {
    return function.volatility() == Function.Volatility.IMMUTABLE
        || STABLE.contains(function.name());
  }

  /** Adds relations, and all that what is protected of them follows from. */
  private boolean stands(Set<Integer> read) {
    Deque<Integer> open = new ArrayDeque<>(read);
    while (!open.isEmpty()) {
      int oid = open.remove();
      if (relations.add(oid)) {
        Relation relation = catalog.relation(oid).orElse(null);
        if (relation == null
            || relations.size() > MOST_RELATIONS
            || !isOrdinary(relation)
            || !words(relation.definition())) {
          return false;
        }
        open.addAll(relation.dependsOn());
        open.addAll(relation.parents());
        catalog.children(oid).forEach(child -> open.add(child.oid()));
      }
    }
    return true;
  }

  private boolean isOrdinary(Relation relation) {
    boolean kind =
        switch (relation.kind()) {
          case TABLE, PARTITIONED_TABLE -> true;
          case VIEW, MATERIALIZED_VIEW -> relation.definition() != null;
          default -> false;
        };
    return kind
        && !Function.builtIn(relation.oid())
        && relation.extension() == null
        && !relation.rules()
        && relation.calls().stream().allMatch(Function::builtIn)
        && relation.columns().stream().map(Column::typeOid).allMatch(this::isPlainType);
  }

  private boolean isPlainType(int type) {
    return Function.builtIn(type) && !catalog.mayBeRow(type);
  }

  private boolean names(Tokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.is(i, TokenKind.QUOTED_NAME) && !word(tokens.value(i))) {
        return false;
      }
    }
    return words(tokens.source().replace('"', ' '));
  }

  /** Adds every word of a text, of constants and comments too. */
  private boolean words(@Nullable String text) {
    if (text == null) {
      return true;
    }
    if (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0) {
      return false; // what a name is written like with these is nothing that a word tells
    }
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || !isOfWord(text.charAt(at))) {
        if (at > from && !word(text.substring(from, at))) {
          return false;
        }
        from = at + 1;
      }
    }
    return true;
  }

  private static boolean isOfWord(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }

  /** As it is written, and as it is without quotes: only ASCII is folded by a database in UTF8. */
  private boolean word(String word) {
    if (word.length() >= LONGEST_NAME || !isAscii(word)) {
      return false;
    }
    words.add(word);
    words.add(word.toLowerCase(Locale.ROOT));
    return true;
  }

  private static boolean isAscii(String word) {
    return word.chars().allMatch(c -> c < 0x80);
  }
}
