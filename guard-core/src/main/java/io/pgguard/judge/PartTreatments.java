package io.pgguard.judge;

import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Flow;
import io.pgguard.lineage.Structure;
import io.pgguard.mask.ColumnTreatment;
import io.pgguard.mask.Mask;
import io.pgguard.mask.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done with each part of a value that is put together. Used once, by one thread. */
final class PartTreatments {
  private static final Set<Integer> FLOATS = Set.of(700, 701);

  private final Protections protections;
  private @Nullable String classId;

  PartTreatments(Protections protections) {
    this.protections = protections;
  }

  /**
   * What is done with the parts.
   *
   * @param whole what is done where they cannot be told apart
   */
  OutputTreatment of(Structure structure, OutputTreatment whole) {
    Structure bare = bare(structure);
    if (bare instanceof Structure.Leaf leaf) {
      return protections.of(leaf.sources());
    }
    Part part = part(bare);
    if (part == null) {
      return whole;
    }
    return classId == null ? OutputTreatment.CLEAN : OutputTreatment.inParts(part, classId);
  }

  /** Null where a part would show what is hidden. */
  private @Nullable Part part(Structure structure) {
    Structure bare = bare(structure);
    if (bare instanceof Structure.Leaf leaf) {
      return leaf(leaf);
    } else if (bare instanceof Structure.Json json) {
      Part within = part(json.within());
      return within == null ? null : new Part.Json(within, json.type());
    } else if (bare instanceof Structure.Row row) {
      List<Part.Member> members = new ArrayList<>(row.members().size());
      for (Structure.Member member : row.members()) {
        Part part = part(member.value());
        if (part == null) {
          return null;
        }
        members.add(new Part.Member(member.name(), part));
      }
      return new Part.Row(members);
    } else if (bare instanceof Structure.Items items) {
      List<Part> parts = new ArrayList<>(items.items().size());
      for (Structure item : items.items()) {
        Part part = part(item);
        if (part == null) {
          return null;
        }
        parts.add(part);
      }
      return new Part.Items(parts);
    } else if (bare instanceof Structure.Each each) {
      Part element = part(each.element());
      return element == null ? null : new Part.Each(element);
    }
    Structure.Entries entries = (Structure.Entries) bare;
    Part value = part(entries.value());
    boolean open = protections.of(entries.keys().sources()).clean();
    return open && value != null ? new Part.Entries(value) : null;
  }

  /** What is within a column that is protected for nothing but the rows that it holds. */
  private Structure bare(Structure structure) {
    Structure at = structure;
    while (at instanceof Structure.Held held) {
      at = isOpen(held.column()) ? held.within() : held.column();
    }
    return at;
  }

  private boolean isOpen(Structure.Leaf column) {
    for (ColumnSource source : column.sources()) {
      boolean counts = source.flow() != Flow.INFLUENCE;
      if (counts
          && protections.of(source.relationOid(), source.number()).isPresent()
          && !protections.holdsRows(source.relationOid(), source.number())) {
        return false;
      }
    }
    return true;
  }

  private Part leaf(Structure.Leaf leaf) {
    OutputTreatment treatment = protections.of(leaf.sources());
    if (treatment.clean()) {
      return new Part.Leaf(new ColumnTreatment.Pass(), leaf.type());
    }
    if (classId == null) {
      classId = treatment.classId();
    }
    return new Part.Leaf(
        treatment.withheld()
            ? new ColumnTreatment.Withhold()
            : new ColumnTreatment.Apply(mask(treatment.mask(), leaf.type())),
        leaf.type());
  }

  /** The text of a float within others may be rounded: nothing of its digits shows. */
  private Mask mask(Mask mask, int type) {
    boolean ofDigits = mask instanceof Mask.Partial || mask instanceof Mask.Hash;
    return ofDigits && FLOATS.contains(protections.scalar(type)) ? new Mask.Redact() : mask;
  }
}
