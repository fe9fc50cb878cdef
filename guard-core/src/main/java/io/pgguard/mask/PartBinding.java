package io.pgguard.mask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the masker of a value that is put together, by its parts. Thread-safe. */
final class PartBinding {
  private final MaskBinding masks;
  private final Types types;

  PartBinding(MaskBinding masks, Types types) {
    this.masks = masks;
    this.types = types;
  }

  /** The masker of a column; where its type has no such parts, it is withheld. */
  ValueMasker bind(Part part, int typeOid, boolean binary) {
    ValueKind kind = ValueKind.of(types.baseOf(typeOid));
    boolean fits = part instanceof Part.Json ? kind.json() : !kind.textual();
    ValueMasker masker =
        fits && typeOid != ResultColumn.UNKNOWN_TYPE && !(part instanceof Part.Leaf)
            ? record(part, typeOid, binary)
            : null;
    return masker == null ? masks.withheld(typeOid, binary) : masker;
  }

  private ValueMasker json(Part.Json json, int typeOid, boolean binary) {
    ValueKind kind = ValueKind.of(typeOid);
    if (!kind.json() || withheld(json)) {
      return masks.withheld(typeOid, binary);
    }
    JsonParts parts = new JsonParts(json.within(), masks, types);
    return binary && kind == ValueKind.JSONB
        ? new BinaryMasker(BinaryCodec.of(kind), parts, ValueMasker.NULL)
        : parts;
  }

  /** A document of nothing but a hidden value is NULL where that value is, so it is hidden too. */
  private static boolean withheld(Part.Json json) {
    Part within = json.within();
    return within instanceof Part.Json inner
        ? withheld(inner)
        : within instanceof Part.Leaf leaf && leaf.treatment() instanceof ColumnTreatment.Withhold;
  }

  /** The masker of a row, of an array of rows or of a field; null where it passes. */
  @Nullable ValueMasker record(Part part, int typeOid, boolean binary) {
    if (part instanceof Part.Leaf leaf) {
      return leaf(leaf, typeOid, binary);
    }
    if (part instanceof Part.Json json) {
      return json(json, types.baseOf(typeOid), binary);
    }
    if (part instanceof Part.Row row) {
      List<Part> fields = row.members().stream().map(Part.Member::part).toList();
      return binary ? new RecordBinary(fields, this) : text(fields);
    }
    if (part instanceof Part.Each each) {
      int known = type(each.element());
      int type =
          known == ResultColumn.UNKNOWN_TYPE ? types.elementOf(types.baseOf(typeOid)) : known;
      ValueMasker element = record(each.element(), type, binary);
      return element == null ? null : binary ? new ArrayBinary(element) : new ArrayText(element);
    }
    return FixedMasker.ALWAYS_NULL; // an object of JSON is no row
  }

  private RecordText text(List<Part> fields) {
    @Nullable ValueMasker[] maskers = new ValueMasker[fields.size()];
    for (int i = 0; i < maskers.length; i++) {
      maskers[i] = record(fields.get(i), type(fields.get(i)), false);
    }
    return new RecordText(maskers);
  }

  private static int type(Part part) {
    return part instanceof Part.Leaf leaf
        ? leaf.typeOid()
        : part instanceof Part.Json json ? json.typeOid() : ResultColumn.UNKNOWN_TYPE;
  }

  private @Nullable ValueMasker leaf(Part.Leaf leaf, int typeOid, boolean binary) {
    if (leaf.treatment() instanceof ColumnTreatment.Pass) {
      return null;
    }
    boolean known = typeOid != ResultColumn.UNKNOWN_TYPE && typeOid == leaf.typeOid();
    if (known && leaf.treatment() instanceof ColumnTreatment.Apply apply) {
      return masks.bind(apply.mask(), typeOid, binary);
    }
    return typeOid == ResultColumn.UNKNOWN_TYPE
        ? FixedMasker.ALWAYS_NULL
        : masks.withheld(typeOid, binary);
  }
}
