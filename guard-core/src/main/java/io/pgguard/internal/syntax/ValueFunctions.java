package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the functions that are called without parentheses (CURRENT_DATE, USER, ...). */
final class ValueFunctions {
  private final Grammar g;
  private final Cursor in;

  ValueFunctions(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** Such a function; null, with nothing read, when none starts here. */
  @Nullable Expression call(Keyword keyword) {
    int token = in.at();
    SpecialForm.Form form =
        switch (keyword) {
          case CURRENT_DATE -> SpecialForm.Form.CURRENT_DATE;
          case CURRENT_TIME -> SpecialForm.Form.CURRENT_TIME;
          case CURRENT_TIMESTAMP -> SpecialForm.Form.CURRENT_TIMESTAMP;
          case LOCALTIME -> SpecialForm.Form.LOCALTIME;
          case LOCALTIMESTAMP -> SpecialForm.Form.LOCALTIMESTAMP;
          case CURRENT_ROLE -> SpecialForm.Form.CURRENT_ROLE;
          case CURRENT_USER -> SpecialForm.Form.CURRENT_USER;
          case SESSION_USER -> SpecialForm.Form.SESSION_USER;
          case USER -> SpecialForm.Form.USER;
          case CURRENT_CATALOG -> SpecialForm.Form.CURRENT_CATALOG;
          case CURRENT_SCHEMA -> in.is(1, '(') ? null : SpecialForm.Form.CURRENT_SCHEMA;
          default -> null;
        };
    if (form == null) {
      if (keyword == Keyword.SYSTEM_USER) {
        in.skip(1);
        return Functions.special(token, "system_user", List.of());
      }
      return null;
    }
    in.skip(1);
    List<Expression> precision = new ArrayList<>(1);
    boolean timed = form.ordinal() > SpecialForm.Form.CURRENT_DATE.ordinal();
    timed &= form.ordinal() <= SpecialForm.Form.LOCALTIMESTAMP.ordinal();
    if (timed && in.accept('(')) {
      precision.add(integer());
      in.expect(')');
    }
    return SpecialFunctions.form(token, form, precision);
  }

  private Constant integer() {
    if (!in.is(TokenKind.INTEGER)) {
      throw in.fail("expected an integer");
    }
    return g.primaries.constant();
  }
}
