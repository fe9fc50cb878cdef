package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the functions of SQL/XML (PostgreSQL documentation, "XML Functions"). */
final class XmlFunctions {
  private final Grammar g;
  private final Cursor in;

  XmlFunctions(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** The function that the keyword and a parenthesis start; null if it is none of these. */
  @Nullable Expression call(Keyword keyword) {
    int token = in.at();
    SpecialForm.Form form =
        switch (keyword) {
          case XMLCONCAT -> SpecialForm.Form.XMLCONCAT;
          case XMLELEMENT -> SpecialForm.Form.XMLELEMENT;
          case XMLFOREST -> SpecialForm.Form.XMLFOREST;
          case XMLPARSE -> SpecialForm.Form.XMLPARSE;
          case XMLPI -> SpecialForm.Form.XMLPI;
          case XMLROOT -> SpecialForm.Form.XMLROOT;
          case XMLSERIALIZE -> SpecialForm.Form.XMLSERIALIZE;
          default -> null;
        };
    if (form == null && keyword != Keyword.XMLEXISTS) {
      return null;
    }
    in.skip(2);
    if (form == null) {
      Expression path = g.primaries.primary(false);
      Expression document = passing();
      in.expect(')');
      return Functions.special(token, "xmlexists", List.of(path, document));
    }
    List<Argument> arguments = new ArrayList<>();
    TypeName type = null;
    switch (form) {
      case XMLCONCAT -> add(arguments, g.expressions.list());
      case XMLELEMENT -> element(arguments);
      case XMLFOREST -> labelled(arguments);
      case XMLPARSE -> parse(arguments);
      case XMLPI -> instruction(arguments);
      case XMLROOT -> root(arguments);
      default -> type = serialize(arguments);
    }
    in.expect(')');
    return new SpecialForm(token, form, arguments, type, List.of(), null, null);
  }

  private static void add(List<Argument> arguments, List<Expression> values) {
    for (Expression value : values) {
      arguments.add(new Argument(value.token(), null, value));
    }
  }

  /** PASSING and its document, with BY REF or BY VALUE before or after. */
  Expression passing() {
    in.expect(Keyword.PASSING);
    mechanism();
    Expression document = g.primaries.primary(false);
    mechanism();
    return document;
  }

  private void mechanism() {
    if (in.accept(Keyword.BY) && !in.accept(Keyword.REF)) {
      in.expect(Keyword.VALUE);
    }
  }

  private void element(List<Argument> arguments) {
    in.expect(Keyword.NAME);
    g.names.label();
    boolean first = true;
    while (in.accept(',')) {
      if (first && in.is(Keyword.XMLATTRIBUTES) && in.is(1, '(')) {
        in.skip(2);
        labelled(arguments);
        in.expect(')');
        first = false;
      } else {
        add(arguments, g.expressions.list());
        return;
      }
    }
  }

  private void labelled(List<Argument> arguments) {
    do {
      int token = in.at();
      Expression value = g.expressions.any();
      String name = in.accept(Keyword.AS) ? g.names.label() : null;
      arguments.add(new Argument(token, name, value));
    } while (in.accept(','));
  }

  private void documentOrContent() {
    if (!in.accept(Keyword.DOCUMENT)) {
      in.expect(Keyword.CONTENT);
    }
  }

  private void parse(List<Argument> arguments) {
    documentOrContent();
    add(arguments, List.of(g.expressions.any()));
    if (in.accept(Keyword.PRESERVE) || in.accept(Keyword.STRIP)) {
      in.expect(Keyword.WHITESPACE);
    }
  }

  private void instruction(List<Argument> arguments) {
    in.expect(Keyword.NAME);
    g.names.label();
    if (in.accept(',')) {
      add(arguments, List.of(g.expressions.any()));
    }
  }

  private void root(List<Argument> arguments) {
    add(arguments, List.of(g.expressions.any()));
    in.expect(',');
    in.expect(Keyword.VERSION);
    if (!in.accept(Keyword.NO, Keyword.VALUE)) {
      add(arguments, List.of(g.expressions.any()));
    }
    if (in.accept(',')) {
      in.expect(Keyword.STANDALONE);
      if (!in.accept(Keyword.YES)) {
        in.expect(Keyword.NO);
        in.accept(Keyword.VALUE);
      }
    }
  }

  private TypeName serialize(List<Argument> arguments) {
    documentOrContent();
    add(arguments, List.of(g.expressions.any()));
    in.expect(Keyword.AS);
    TypeName type = g.types.simple();
    if (!in.accept(Keyword.NO, Keyword.INDENT)) {
      in.accept(Keyword.INDENT);
    }
    return type;
  }
}
