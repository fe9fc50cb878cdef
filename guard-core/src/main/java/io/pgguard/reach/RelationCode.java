package io.pgguard.reach;

import io.pgguard.catalog.AttachedCode;
import io.pgguard.catalog.AttachedCode.Part;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.wording.ReachWording;
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
    String column =
        relation.column(piece.number()).map(Column::name).orElse(ReachWording.SOME_COLUMN.words());
    return switch (piece.part()) {
      case VIEW -> ReachWording.DEFINITION.words(name);
      case RULE -> ReachWording.RULE.words(name);
      case DEFAULT -> ReachWording.DEFAULT.words(name, column);
      case STORED, VIRTUAL -> ReachWording.GENERATED.words(name, column);
      case CHECK -> ReachWording.CHECK.words(name);
      case FOREIGN_KEY -> ReachWording.FOREIGN_KEY.words(name);
      case KEY -> ReachWording.KEY.words(name);
      case INDEX -> ReachWording.INDEX.words(name);
      case PARTITION_KEY -> ReachWording.PARTITION_KEY.words(name);
      case POLICY -> ReachWording.POLICY.words(name);
      case TRIGGER -> ReachWording.TRIGGER_CONDITION.words(name);
    };
  }
}
