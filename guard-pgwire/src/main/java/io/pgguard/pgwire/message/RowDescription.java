package io.pgguard.pgwire.message;

import java.util.ArrayList;
import java.util.List;

/** The columns of a result. Type {@code T}. */
public record RowDescription(List<Field> fields) implements Message {

  public RowDescription {
    fields = List.copyOf(fields);
  }

  /** One column of it. */
  public record Field(
      String name,
      int relationOid,
      short attributeNumber,
      int typeOid,
      short typeSize,
      int typeModifier,
      short format) {

    static Field decode(MessageReader in) {
      return new Field(
          in.text(), in.int32(), in.int16(), in.int32(), in.int16(), in.int32(), in.int16());
    }

    void encode(MessageWriter out) {
      out.text(name).int32(relationOid).int16(attributeNumber).int32(typeOid);
      out.int16(typeSize).int32(typeModifier).int16(format);
    }
  }

  public static RowDescription decode(MessageReader in) {
    int count = in.count(19);
    List<Field> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fields.add(Field.decode(in));
    }
    in.end();
    return new RowDescription(fields);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('T');
    out.int16(fields.size());
    fields.forEach(field -> field.encode(out));
    out.end();
  }
}
