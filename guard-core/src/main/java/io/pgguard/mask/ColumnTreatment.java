package io.pgguard.mask;

import java.util.List;
import java.util.Objects;

/** What is done with the values of one result column. Immutable and thread-safe. */
public sealed interface ColumnTreatment {

  /** Values pass as they are. */
  record Pass() implements ColumnTreatment {}

  /**
   * Values are masked.
   *
   * @param mask how
   */
  record Apply(Mask mask) implements ColumnTreatment {
    public Apply {
      Objects.requireNonNull(mask, "mask");
    }
  }

  /**
   * Values are put together of parts, each of which is treated for itself: rows, arrays of rows,
   * JSON.
   *
   * @param part what is done with the parts
   * @param whole what is done with the whole after that: it passes or is searched
   */
  record Parts(Part part, ColumnTreatment whole) implements ColumnTreatment {
    public Parts {
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(whole, "whole");
    }
  }

  /**
   * Nothing of the values shows: every row has the same, NULL or not. The treatment for what is
   * computed from a protected column, where a function may have made the NULLs.
   */
  record Withhold() implements ColumnTreatment {}

  /**
   * Numbers in a text are hidden and its words stay: for plans, whose figures tell of values. What
   * is no text is withheld.
   */
  record Figures() implements ColumnTreatment {}

  /**
   * Values are searched for sensitive content; what is found is masked, the rest passes.
   *
   * @param detectors what to look for; at least one
   * @param mask what replaces a find; a find that this mask cannot keep is replaced by NULL for the
   *     whole value
   * @param scope which columns are searched at all
   */
  record Scan(List<Detector> detectors, Mask mask, Scope scope) implements ColumnTreatment {
    public Scan {
      detectors = List.copyOf(detectors);
      Objects.requireNonNull(mask, "mask");
      Objects.requireNonNull(scope, "scope");
      if (detectors.isEmpty() || detectors.size() > Detector.MOST_AT_ONCE) {
        throw new IllegalArgumentException(
            "a scan takes from 1 to "
                + Detector.MOST_AT_ONCE
                + " detectors, not "
                + detectors.size());
      }
    }

    /** A scan of text columns that redacts what it finds. */
    public Scan(List<Detector> detectors) {
      this(detectors, new Mask.Redact(), Scope.TEXT_COLUMNS);
    }
  }

  /** Which columns detectors look into. */
  enum Scope {
    /** Texts, JSON, XML, and arrays of these. */
    TEXT_COLUMNS,
    /**
     * Also whatever the server renders as text (composites, enums, ranges), and numbers in both
     * formats. A number that is found becomes NULL.
     */
    EVERYTHING
  }
}
