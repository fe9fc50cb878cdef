package io.pgguard.console.read;

import io.pgguard.Guard;
import io.pgguard.audit.LoggedValue;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.console.Explaining;
import io.pgguard.identity.Principal;
import io.pgguard.policy.SensitiveClass;
import io.pgguard.session.Explanation;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Name;
import io.pgguard.statement.Quoted;
import io.pgguard.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a statement a viewer of the console may see: what Guard would show them as a result. A
 * value that may belong to a class which is hidden from them is shown as the class alone; in doubt
 * it is hidden. The statement itself is always shown whole. Thread-safe.
 */
public final class Sight {
  /** How many questions one value may take; it is hidden where that is not enough. */
  private static final int MOST_RELATIONS = 8;

  /** Why a value is hidden of which nobody can tell what it is. */
  public static final String DOUBT = "may hold what you may not see";

  private final Guard guard;
  private final Explaining explaining;

  public Sight(Guard guard, Explaining explaining) {
    this.guard = guard;
    this.explaining = explaining;
  }

  /** Whether nothing is hidden from a viewer. */
  public boolean seesAll(Principal viewer) {
    return guard.policy().classesHiddenFrom(viewer).isEmpty();
  }

  /** What Guard would make of a text for a viewer; empty where nobody can tell. */
  public Optional<Explanation> explain(String database, Principal viewer, String text) {
    try {
      return explaining.explain(database, viewer, text);
    } catch (CatalogUnavailableException unreachable) {
      return Optional.empty(); // then in doubt
    }
  }

  /** The values of a statement, in order. */
  public List<ShownValue> values(
      String database, Principal viewer, String text, List<String> values) {
    return values(database, viewer, text, values, true);
  }

  /** The same of a statement that has run; all are hidden where its names mean something else. */
  public List<ShownValue> values(
      String database, Principal viewer, String text, String names, List<String> values) {
    boolean same =
        values.isEmpty() || seesAll(viewer) || asItRan(database, viewer, text, names).isPresent();
    return values(database, viewer, text, values, same);
  }

  private List<ShownValue> values(
      String database, Principal viewer, String text, List<String> values, boolean same) {
    boolean all =
        values.isEmpty() || seesAll(viewer) || same && touchesNothing(database, viewer, text);
    ParameterColumns columns = all ? null : ParameterColumns.of(same ? text : "");
    List<ShownValue> shown = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      String column = columns == null ? null : columns.columns().get(i + 1);
      String hidden =
          columns == null ? "" : column == null ? DOUBT : hidden(database, viewer, text, column);
      boolean whole = isWhole(value);
      shown.add(new ShownValue(i + 1, hidden.isEmpty() ? value : "hidden", hidden, whole));
    }
    return shown;
  }

  /**
   * Why each column of a statement's result is hidden from a viewer, in order; empty for one that
   * Guard would show them in the clear. In doubt all are hidden.
   *
   * @param names what the names stood for when it ran ({@link Explanation.Explained#names}): where
   *     that is not what they stand for now, a text tells nothing of what the result holds
   * @param columns how many columns the result had
   */
  public List<String> outputs(
      String database, Principal viewer, String text, String names, int columns) {
    if (seesAll(viewer)) {
      return Collections.nCopies(columns, "");
    }
    Explanation.Explained one = asItRan(database, viewer, text, names).orElse(null);
    if (one == null) {
      return Collections.nCopies(columns, DOUBT);
    }
    List<Explanation.Output> outputs = one.outputs();
    if (outputs.isEmpty() && !one.touchesProtected() && Stateless.is(text)) {
      return Collections.nCopies(columns, "");
    }
    if (outputs.size() != columns) {
      return Collections.nCopies(columns, DOUBT);
    }
    boolean stateless = Stateless.is(text);
    return outputs.stream()
        .map(
            output ->
                !output.because().isEmpty()
                    ? output.because()
                    : stateless && output.mask().equals("clear") ? "" : DOUBT)
        .toList();
  }

  /**
   * Whether an error's words are shown: they repeat values, also such as the session's own
   * principal was cleared for.
   */
  public boolean showsErrors(String database, Principal viewer, String text, String names) {
    return seesAll(viewer)
        || Stateless.is(text)
            && asItRan(database, viewer, text, names)
                .filter(one -> !one.touchesProtected())
                .isPresent();
  }

  /** What Guard makes of a text that has run; empty where that is another thing now. */
  private Optional<Explanation.Explained> asItRan(
      String database, Principal viewer, String text, String names) {
    return explain(database, viewer, text)
        .filter(found -> found.unreadable() == null && found.statements().size() == 1)
        .map(found -> found.statements().get(0))
        .filter(one -> one.names().equals(names));
  }

  /** Of long values the beginning alone is kept ({@link LoggedValue#KEPT_BYTES}). */
  private static boolean isWhole(String value) {
    return value.length() <= LoggedValue.KEPT_BYTES - 4
        && value.getBytes(StandardCharsets.UTF_8).length < LoggedValue.KEPT_BYTES - 4;
  }

  private boolean touchesNothing(String database, Principal viewer, String text) {
    return explain(database, viewer, text)
        .filter(found -> found.unreadable() == null)
        .filter(found -> found.statements().stream().noneMatch(s -> s.touchesProtected()))
        .isPresent();
  }

  /** Why a value of a column is hidden; empty where Guard would show them the column. */
  private String hidden(String database, Principal viewer, String text, String column) {
    for (SensitiveClass each : guard.policy().classesHiddenFrom(viewer)) {
      if (each.columns().stream().anyMatch(pattern -> pattern.matchesSome(column))) {
        return each.name();
      }
    }
    Set<Name> relations = relations(text);
    if (relations.size() > MOST_RELATIONS) {
      return DOUBT;
    }
    boolean clear = false;
    for (Name relation : relations) {
      String name = relation.schema() == null ? "" : Quoted.name(relation.schema()) + ".";
      String probe =
          "SELECT " + Quoted.name(column) + " FROM " + name + Quoted.name(relation.name());
      Optional<Explanation> found = explain(database, viewer, probe);
      if (found.isEmpty() || found.get().statements().size() != 1) {
        return DOUBT;
      }
      Explanation.Explained one = found.get().statements().get(0);
      if (one.outputs().size() == 1 && one.outputs().get(0).mask().equals("clear")) {
        clear = true;
      } else if (!one.outputs().isEmpty()) {
        String because = one.outputs().get(0).because();
        return because.isEmpty() ? DOUBT : because;
      } else if (one.touchesProtected()) {
        return DOUBT;
      }
    }
    return clear ? "" : DOUBT;
  }

  private static Set<Name> relations(String text) {
    Set<Name> relations = new LinkedHashSet<>();
    try {
      StatementReader.read(text)
          .statements()
          .forEach(statement -> relations.addAll(statement.relationMentions()));
    } catch (LexicalException notSql) {
      return Set.of();
    }
    return relations;
  }
}
