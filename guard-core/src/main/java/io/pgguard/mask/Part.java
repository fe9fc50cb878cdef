package io.pgguard.mask;

import java.util.List;
import java.util.Objects;

/**
 * What is done with each part of a value that is put together: a row, a JSON document. Immutable.
 */
public sealed interface Part {

  /**
   * A value of a type of its own.
   *
   * @param treatment what is done with it: it passes, is masked, or is withheld
   * @param typeOid its type, or {@link ResultColumn#UNKNOWN_TYPE}
   */
  record Leaf(ColumnTreatment treatment, int typeOid) implements Part {
    public Leaf {
      Objects.requireNonNull(treatment, "treatment");
    }
  }

  /** A row; in JSON an object with these members. */
  record Row(List<Member> members) implements Part {
    public Row {
      members = List.copyOf(members);
    }
  }

  /** A named part of a row. */
  record Member(String name, Part part) {
    public Member {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(part, "part");
    }
  }

  /**
   * A JSON document.
   *
   * @param typeOid json or jsonb
   */
  record Json(Part within, int typeOid) implements Part {
    public Json {
      Objects.requireNonNull(within, "within");
    }
  }

  /** A JSON array of just these. */
  record Items(List<Part> items) implements Part {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** An array, of any length. */
  record Each(Part element) implements Part {
    public Each {
      Objects.requireNonNull(element, "element");
    }
  }

  /** A JSON object with any members, each of this kind. */
  record Entries(Part value) implements Part {
    public Entries {
      Objects.requireNonNull(value, "value");
    }
  }
}
