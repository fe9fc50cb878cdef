package io.pgguard.internal.syntax.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What looks like a function but is a construct of its own.
 *
 * @param token index of the first token
 * @param form which
 * @param arguments every value in it, in order of writing; a query inside is a {@link
 *     ScalarSubquery}
 * @param type the type that is named in it: RETURNING, AS
 * @param orderBy of JSON aggregates and XMLAGG-like forms
 * @param filter FILTER
 * @param over OVER
 */
public record SpecialForm(
    int token,
    Form form,
    List<Argument> arguments,
    @Nullable TypeName type,
    List<SortKey> orderBy,
    @Nullable Expression filter,
    @Nullable WindowSpec over)
    implements Expression {
  /** The forms. */
  public enum Form {
    COALESCE,
    GREATEST,
    LEAST,
    NULLIF,
    GROUPING,
    CURRENT_DATE,
    CURRENT_TIME,
    CURRENT_TIMESTAMP,
    LOCALTIME,
    LOCALTIMESTAMP,
    CURRENT_ROLE,
    CURRENT_USER,
    USER,
    SESSION_USER,
    CURRENT_CATALOG,
    CURRENT_SCHEMA,
    MERGE_ACTION,
    XMLCONCAT,
    XMLELEMENT,
    XMLFOREST,
    XMLPARSE,
    XMLPI,
    XMLROOT,
    XMLSERIALIZE,
    JSON,
    JSON_SCALAR,
    JSON_SERIALIZE,
    JSON_OBJECT,
    JSON_ARRAY,
    JSON_ARRAY_QUERY,
    JSON_OBJECTAGG,
    JSON_ARRAYAGG,
    JSON_QUERY,
    JSON_EXISTS,
    JSON_VALUE
  }

  public SpecialForm {
    arguments = List.copyOf(arguments);
    orderBy = List.copyOf(orderBy);
  }

  @Override
  public void children(Consumer<? super Node> each) {
    arguments.forEach(each);
    if (type != null) {
      each.accept(type);
    }
    orderBy.forEach(each);
    if (filter != null) {
      each.accept(filter);
    }
    if (over != null) {
      each.accept(over);
    }
  }
}
