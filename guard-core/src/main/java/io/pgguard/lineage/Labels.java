package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.ArrayQuery;
import io.pgguard.internal.syntax.tree.ArrayValue;
import io.pgguard.internal.syntax.tree.Case;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Collate;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Exists;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FieldSelection;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.QueryBody;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.ScalarSubquery;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.internal.syntax.tree.SetOperation;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.Subscript;
import io.pgguard.internal.syntax.tree.Target;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names that PostgreSQL gives to outputs without an alias (FigureColname). */
final class Labels {
  static final String UNNAMED = "?column?";

  private Labels() {}

  static String of(Target target) {
    return target.alias() != null ? target.alias() : of(target.value());
  }

  static String of(Expression expression) {
    String strong = strong(expression);
    if (strong != null) {
      return strong;
    }
    String weak = weak(expression);
    return weak == null ? UNNAMED : weak;
  }

  /** A name that a cast around it does not change. */
  private static @Nullable String strong(Expression e) {
    if (e instanceof ColumnRef column) {
      return column.names().isEmpty() ? null : column.names().get(column.names().size() - 1);
    } else if (e instanceof FieldSelection selection) {
      return selection.field();
    } else if (e instanceof Subscript subscript) {
      return strong(subscript.operand());
    } else if (e instanceof FunctionCall call) {
      return call.name().last();
    } else if (e instanceof Cast cast) {
      return strong(cast.operand());
    } else if (e instanceof Collate collate) {
      return strong(collate.operand());
    } else if (e instanceof Case cases) {
      return cases.otherwise() == null ? null : strong(cases.otherwise());
    } else if (e instanceof ScalarSubquery subquery) {
      return first(subquery.query());
    } else if (e instanceof Exists) {
      return "exists";
    } else if (e instanceof ArrayQuery || e instanceof ArrayValue) {
      return "array";
    } else if (e instanceof Row) {
      return "row";
    } else if (e instanceof SpecialForm form) {
      return special(form.form());
    }
    return null;
  }

  /** A name for want of a better one. */
  private static @Nullable String weak(Expression e) {
    if (e instanceof Cast cast) {
      return cast.type().name().last();
    } else if (e instanceof Case) {
      return "case";
    } else if (e instanceof Collate collate) {
      return weak(collate.operand());
    } else if (e instanceof Subscript subscript) {
      return weak(subscript.operand());
    }
    return null;
  }

  private static String special(SpecialForm.Form form) {
    return switch (form) {
      case JSON_ARRAY_QUERY -> "json_array";
      default -> form.name().toLowerCase(Locale.ROOT);
    };
  }

  private static @Nullable String first(Query query) {
    QueryBody body = query.body();
    while (body instanceof SetOperation operation) {
      body = operation.branches().get(0).body();
    }
    if (body instanceof Select select) {
      return select.targets().isEmpty() ? null : of(select.targets().get(0));
    }
    return "column1";
  }
}
