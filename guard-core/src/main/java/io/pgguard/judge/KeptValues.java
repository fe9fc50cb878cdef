package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.internal.syntax.tree.Assignment;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Logical;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Parameter;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.internal.syntax.tree.Update;
import io.pgguard.lineage.Lineage;
import io.pgguard.statement.Quoted;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites an UPDATE so that columns keep the values that they hold: each is assigned itself in
 * place of the constant or parameter that the text has. What comes of it is a text that the client
 * could have sent, to be judged as any other. Only where it changes one row, which a key names.
 * Used by one thread, for one statement.
 */
public final class KeptValues {
  /** Types that are of length 1 where a cast names none. */
  private static final Set<String> ONE_LONG = Set.of("bpchar", "bit");

  private final StatementAnalysis part;
  private final Catalog catalog;

  /** What stands in place of a token. */
  private final Map<Integer, String> edits = new TreeMap<>();

  private KeptValues(StatementAnalysis part, Catalog catalog) {
    this.part = part;
    this.catalog = catalog;
  }

  /**
   * A text whose columns keep what they hold.
   *
   * @param text the statement, without what stands around it
   * @param parameters which of the values go with it, by their numbers from 1, in order
   */
  public record Kept(String text, List<Integer> parameters) {
    public Kept {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * The same statement, in which columns keep their values.
   *
   * @param part the only statement of its text
   * @param columns attribute numbers in the relation that it changes
   * @param parameters how many values come with it
   * @return empty where it is no UPDATE of one row by a key, or assigns one of them anything else
   *     than a constant or a parameter that stands nowhere else
   */
  public static Optional<Kept> of(
      StatementAnalysis part, Catalog catalog, Set<Integer> columns, int parameters) {
    return new KeptValues(part, catalog).rewritten(columns, parameters);
  }

  private Optional<Kept> rewritten(Set<Integer> columns, int parameters) {
    StatementFacts facts = part.facts();
    Relation relation = target();
    if (relation == null
        || !(SyntaxParser.parse(facts.tokens(), facts.from(), facts.to())
            instanceof ParseResult.Parsed parsed)
        || !(parsed.statement() instanceof Update update)
        || update.with() != null
        || !update.from().isEmpty()
        || !namesOneRow(update, relation)) {
      return Optional.empty();
    }
    Map<String, Expression> assigned = assigned(update);
    String name =
        update.relation().alias() == null
            ? update.relation().name().last()
            : update.relation().alias().name();
    for (int number : columns) {
      Column column = relation.column(number).orElse(null);
      Integer token = column == null ? null : given(assigned.get(column.name()), column);
      if (column == null || token == null) {
        return Optional.empty();
      }
      edits.put(token, Quoted.name(name) + "." + Quoted.name(column.name()));
    }
    return edited(parameters);
  }

  /**
   * The only relation that is written: a table, so that the column's own value is what it holds.
   */
  private @Nullable Relation target() {
    if (!(part.lineage() instanceof Lineage.Known known) || known.writesRelations().isEmpty()) {
      return null;
    }
    Set<Integer> written = new HashSet<>();
    known.writes().forEach(flow -> written.add(flow.relationOid()));
    Relation relation =
        written.size() == 1 ? catalog.relation(written.iterator().next()).orElse(null) : null;
    boolean table =
        relation != null
            && (relation.kind() == RelationKind.TABLE
                || relation.kind() == RelationKind.PARTITIONED_TABLE);
    return table ? relation : null;
  }

  /** Whether the WHERE holds all columns of a key to constants or parameters. */
  private boolean namesOneRow(Update update, Relation relation) {
    List<String> held = new ArrayList<>();
    Expression where = update.where();
    List<Expression> terms =
        where instanceof Logical logical && logical.and()
            ? logical.terms()
            : where == null ? List.of() : List.of(where);
    for (Expression term : terms) {
      if (term instanceof Operation operation
          && operation.operator().symbol().equals("=")
          && operation.operator().schema().isEmpty()
          && operation.operands().size() == 2) {
        hold(operation.operands().get(0), operation.operands().get(1), held);
        hold(operation.operands().get(1), operation.operands().get(0), held);
      }
    }
    for (Comparing key : catalog.code().comparing(relation.oid())) {
      if (key.kind() == Comparing.Kind.UNIQUE
          && key.plain()
          && !key.columns().isEmpty()
          && key.columns().stream()
              .allMatch(
                  number ->
                      relation
                          .column(number)
                          .map(Column::name)
                          .filter(held::contains)
                          .isPresent())) {
        return true;
      }
    }
    return false;
  }

  private static void hold(Expression column, Expression value, List<String> held) {
    if (column instanceof ColumnRef ref && !ref.star() && bare(value) != null) {
      held.add(ref.names().get(ref.names().size() - 1));
    }
  }

  /** A constant or parameter, also under casts; null for anything else. */
  private static @Nullable Expression bare(Expression value) {
    Expression inner = value;
    while (inner instanceof Cast cast) {
      inner = cast.operand();
    }
    return inner instanceof Constant || inner instanceof Parameter ? inner : null;
  }

  /** What is assigned to whole columns, by name. */
  private static Map<String, Expression> assigned(Update update) {
    Map<String, Expression> assigned = new HashMap<>();
    for (Assignment assignment : update.assignments()) {
      for (int i = 0; i < assignment.targets().size(); i++) {
        Expression value =
            !assignment.multiple()
                ? assignment.value()
                : assignment.value() instanceof Row row && i < row.fields().size()
                    ? row.fields().get(i)
                    : null;
        if (value != null && assignment.targets().get(i).path().isEmpty()) {
          assigned.put(assignment.targets().get(i).column(), value);
        }
      }
    }
    return assigned;
  }

  /** The token of the value; null where something is made of it that it would not be of another. */
  private @Nullable Integer given(@Nullable Expression value, Column column) {
    if (value instanceof Cast cast) {
      return isOwnType(cast.type(), column) && cast.type().token() > cast.operand().token()
          ? given(cast.operand(), column)
          : null;
    }
    return value instanceof Constant || value instanceof Parameter ? value.token() : null;
  }

  /** Whether a cast to a type leaves the column's values as they are. */
  private boolean isOwnType(TypeName type, Column column) {
    TypeInfo own = catalog.type(column.typeOid()).orElse(null);
    return own != null
        && !ONE_LONG.contains(own.name())
        && type.modifiers().isEmpty()
        && type.dimensions() == 0
        && !type.setOf()
        && !type.columnType()
        && type.fields().isEmpty()
        && own.name().equals(type.name().last());
  }

  private Optional<Kept> edited(int parameters) {
    Tokens tokens = part.facts().tokens();
    int[] uses = new int[parameters + 1];
    for (int i = part.facts().from(); i < part.facts().to(); i++) {
      int number = parameter(i);
      if (number > 0 && number <= parameters) {
        uses[number]++;
      }
    }
    List<Integer> left = new ArrayList<>();
    int[] renumbered = new int[parameters + 1];
    for (int i = 1; i <= parameters; i++) {
      renumbered[i] = left.size() + 1;
      int number = i;
      if (edits.keySet().stream().noneMatch(token -> parameter(token) == number)) {
        left.add(i);
      } else if (uses[i] != 1) {
        return Optional.empty(); // its type is told by another place too
      }
    }
    return Optional.of(new Kept(text(renumbered), left));
  }

  /** The number of the parameter that a token is; 0 for any other. */
  private int parameter(int token) {
    Tokens tokens = part.facts().tokens();
    return tokens.is(token, TokenKind.PARAMETER) ? tokens.parameter(token) : 0;
  }

  private String text(int[] renumbered) {
    Tokens tokens = part.facts().tokens();
    String source = tokens.source();
    StringBuilder text = new StringBuilder(source.length());
    int copied = tokens.start(part.facts().from());
    for (int i = part.facts().from(); i < part.facts().to(); i++) {
      int number = parameter(i);
      String edit = edits.get(i);
      if (edit == null && number > 0 && number < renumbered.length) {
        edit = "$" + renumbered[number];
      }
      if (edit != null) {
        text.append(source, copied, tokens.start(i)).append(edit);
        copied = tokens.end(i);
      }
    }
    return text.append(source, copied, tokens.end(part.facts().to() - 1)).toString();
  }
}
