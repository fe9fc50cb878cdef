package io.pgguard.lineage;

import io.pgguard.catalog.TypeInfo;
import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.SpecialForm.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Calls that have a grammar of their own. Used by one analysis. */
final class SpecialForms {
  /** Forms that fail on no value of a plain type. */
  private static final Set<Form> TOTAL =
      Set.of(Form.MERGE_ACTION, Form.XMLCONCAT, Form.XMLELEMENT, Form.XMLFOREST, Form.JSON_SCALAR);

  /** XML has no infinity: dates are not among these. */
  private static final Set<String> WRITTEN =
      Set.of(
          "text", "varchar", "bpchar", "name", "bool", "int2", "int4", "int8", "numeric", "xml",
          "json", "jsonb", "uuid", "unknown");

  private final Analysis analysis;

  SpecialForms(Analysis analysis) {
    this.analysis = analysis;
  }

  Value value(SpecialForm form, Scope scope) {
    List<Expression> arguments = new ArrayList<>(form.arguments().size());
    for (Argument argument : form.arguments()) {
      arguments.add(argument.value());
    }
    return switch (form.form()) {
      case COALESCE -> analysis.choices.coalesce(arguments, scope);
      case NULLIF -> nullIf(arguments, scope);
      case GREATEST, LEAST -> extreme(form, arguments, scope);
      case GROUPING -> {
        arguments.forEach(argument -> analysis.value(argument, scope));
        yield Value.NOTHING;
      }
      default -> other(form, arguments, scope);
    };
  }

  private Value nullIf(List<Expression> arguments, Scope scope) {
    Value first = analysis.value(arguments.get(0), scope);
    Value second = analysis.value(arguments.get(1), scope);
    analysis.choices.equal(arguments.get(0), first, arguments.get(1), second);
    return Value.of(first.sources().with(second.sources()).derived(), first.asOutput().type());
  }

  private Value extreme(SpecialForm form, List<Expression> arguments, Scope scope) {
    List<Value> values = new ArrayList<>(arguments.size());
    Sources all = Sources.NONE;
    for (Expression argument : arguments) {
      Value value = Choices.typed(argument, analysis.value(argument, scope));
      values.add(value);
      all = all.with(value.sources());
    }
    int type = analysis.common.of(values, form.form().name());
    if (!analysis.failures.coercions().isPlain(type)) {
      analysis.failures.note(all, form.form().name());
    }
    return Value.of(all.derived(), type);
  }

  private Value other(SpecialForm form, List<Expression> arguments, Scope scope) {
    Sources all = Sources.NONE;
    boolean plain = TOTAL.contains(form.form());
    for (Expression argument : arguments) {
      Value value = analysis.value(argument, scope);
      all = all.with(value.sources());
      plain &= WRITTEN.contains(analysis.catalog.type(value.type()).map(TypeInfo::name).orElse(""));
    }
    analysis.influence(analysis.windows.sortKeys(form.orderBy(), scope), "ORDER BY");
    Sources clauses = analysis.windows.clauses(form.orderBy(), form.filter(), form.over(), scope);
    if (!plain && !arguments.isEmpty()) {
      analysis.failures.note(all, form.form().name());
    }
    return Value.of(all.derived().with(clauses));
  }
}
