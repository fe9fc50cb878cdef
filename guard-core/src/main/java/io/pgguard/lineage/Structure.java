package io.pgguard.lineage;

import io.pgguard.internal.names.SmallSets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a value is put together, with what feeds each part: a row, an array of rows, a JSON document
 * whose members the text itself names. Immutable.
 */
public sealed interface Structure {

  /**
   * A value of a type of its own.
   *
   * @param sources the columns that feed it
   * @param type OID of its type, or 0 where that is not known
   */
  record Leaf(Set<ColumnSource> sources, int type) implements Structure {
    public Leaf {
      sources = SmallSets.copy(sources);
    }
  }

  /** A row; written as JSON an object with these members. */
  record Row(List<Member> members) implements Structure {
    public Row {
      members = List.copyOf(members);
    }
  }

  /** A named part of a row. */
  record Member(String name, Structure value) {
    public Member {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * A JSON document.
   *
   * @param type OID of json or jsonb
   */
  record Json(Structure within, int type) implements Structure {
    public Json {
      Objects.requireNonNull(within, "within");
    }
  }

  /** A JSON array of just these. */
  record Items(List<Structure> items) implements Structure {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** An array of any length. */
  record Each(Structure element) implements Structure {
    public Each {
      Objects.requireNonNull(element, "element");
    }
  }

  /**
   * A JSON object whose keys are values.
   *
   * @param keys what feeds the keys, which stand there as they are
   */
  record Entries(Leaf keys, Structure value) implements Structure {
    public Entries {
      Objects.requireNonNull(keys, "keys");
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * What a column holds whose type is a row type: where nothing is said of the column itself, each
   * field is what its own column is.
   *
   * @param column what feeds the whole
   */
  record Held(Leaf column, Structure within) implements Structure {
    public Held {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(within, "within");
    }
  }
}
