package io.pgguard.reach;

import io.pgguard.catalog.AttachedCode;
import io.pgguard.catalog.AttachedCode.Part;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import java.util.Set;

/** Which pieces of a relation's code run on which use of it. Stateless and thread-safe. */
final class RelationCode {
  private RelationCode() {}

  /** Whether reading the relation runs a piece. */
  static boolean onRead(AttachedCode piece) {
    return piece.part() == Part.VIEW || piece.part() == Part.POLICY || piece.part() == Part.VIRTUAL;
  }

  /**
   * Whether changing its rows runs a piece.
   *
   * @param defaults whether an UPDATE may set a column to its default
   */
  static boolean onChange(AttachedCode piece, Set<Event> events, boolean defaults) {
    boolean stores = events.contains(Event.INSERT) || events.contains(Event.UPDATE);
    return switch (piece.part()) {
      case TRIGGER -> true;
      case VIEW, POLICY, RULE, FOREIGN_KEY -> stores || events.contains(Event.DELETE);
      case DEFAULT -> events.contains(Event.INSERT) || (defaults && stores);
      case STORED, VIRTUAL, CHECK, KEY, INDEX, PARTITION_KEY -> stores;
    };
  }

  /** The words that say where a piece belongs. */
  static String words(Relation relation, AttachedCode piece) {
    String name = relation.qualifiedName();
    String column = relation.column(piece.number()).map(Column::name).orElse("a column");
    return switch (piece.part()) {
      case VIEW -> "the definition of " + name;
      case RULE -> "a rewrite rule of " + name;
      case DEFAULT -> "the default of " + name + "." + column;
      case STORED, VIRTUAL -> "the generated column " + name + "." + column;
      case CHECK -> "a check of " + name;
      case FOREIGN_KEY -> "a foreign key of " + name;
      case KEY -> "a constraint of " + name;
      case INDEX -> "an index of " + name;
      case PARTITION_KEY -> "the partition key of " + name;
      case POLICY -> "a row policy of " + name;
      case TRIGGER -> "the condition of a trigger of " + name;
    };
  }
}
