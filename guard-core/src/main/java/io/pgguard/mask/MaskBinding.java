package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what a mask does to one type in one format; docs/masks.md has the same as a table. Holds
 * nothing but what it chooses from. Thread-safe.
 */
final class MaskBinding {
  private static final int TEXT = 25;

  private final Types types;
  private final @Nullable MaskKey key;

  MaskBinding(Types types, @Nullable MaskKey key) {
    this.types = Objects.requireNonNull(types, "types");
    this.key = key;
  }

  /**
   * The masker of a column.
   *
   * @throws IllegalArgumentException when the mask hashes and there is no key
   */
  ValueMasker bind(Mask mask, int typeOid, boolean binary) {
    checkKey(mask);
    int base = types.baseOf(typeOid);
    int element = types.elementOf(base);
    return element == 0
        ? scalar(mask, ValueKind.of(base), binary)
        : array(mask, element, types.baseOf(element), binary);
  }

  /** The masker of a column that gives one value for all rows, NULL or not. */
  ValueMasker withheld(int typeOid, boolean binary) {
    boolean anyText = typeOid == ResultColumn.UNKNOWN_TYPE && !binary;
    return bind(new Mask.Redact(), anyText ? TEXT : typeOid, binary) instanceof FixedMasker fixed
        ? fixed.forNulls()
        : FixedMasker.ALWAYS_NULL;
  }

  /** Refuses a mask that hashes where there is no key. */
  void checkKey(Mask mask) {
    if (mask instanceof Mask.Hash && key == null) {
      throw new IllegalArgumentException(
          "a hash mask needs a key; configure the key of hash masks");
    }
  }

  private ValueMasker array(Mask mask, int elementOid, int elementBase, boolean binary) {
    ValueKind kind = ValueKind.of(elementBase);
    ValueMasker element = scalar(mask, kind, binary);
    if (element instanceof FixedMasker fixed) {
      // The count of elements would show; so one stands for all.
      byte[] value = fixed.value();
      return value == null ? fixed : FixedMasker.of(single(value, elementOid, binary));
    }
    return binary ? new ArrayBinary(element) : new ArrayText(element);
  }

  private static byte[] single(byte[] value, int elementOid, boolean binary) {
    ByteSink array = new ByteSink(value.length + 32);
    if (binary) {
      array.appendInt(1); // dimensions
      array.appendInt(0); // no NULLs
      array.appendInt(elementOid);
      array.appendInt(1); // length
      array.appendInt(1); // lower bound
      array.appendInt(value.length);
      array.append(value);
    } else {
      array.append('{');
      ArrayText.appendQuoted(value, value.length, array);
      array.append('}');
    }
    return array.toBytes();
  }

  /** The masker of values of a kind, which are no arrays. */
  ValueMasker scalar(Mask mask, ValueKind kind, boolean binary) {
    if (mask instanceof Mask.Null || kind == ValueKind.OTHER) {
      return FixedMasker.ALWAYS_NULL;
    }
    if (mask instanceof Mask.Constant constant) {
      return fixed(constant.value().getBytes(StandardCharsets.UTF_8), kind, binary);
    }
    ValueMasker masker = varying(mask, kind);
    if (masker == null) {
      byte[] redacted = Redaction.of(kind);
      return redacted == null ? FixedMasker.ALWAYS_NULL : fixed(redacted, kind, binary);
    }
    ValueMasker whole =
        switch (kind) {
          case PADDED_TEXT -> new PaddedMasker(masker);
          case NAME -> new NameMasker(masker);
          default -> masker;
        };
    boolean sameBytes = kind.textual() && kind != ValueKind.JSONB;
    return binary && !sameBytes
        ? new BinaryMasker(BinaryCodec.of(kind), whole, ValueMasker.NULL)
        : whole;
  }

  /** What depends on the value, on its text; null where the mask tells nothing of this kind. */
  private @Nullable ValueMasker varying(Mask mask, ValueKind kind) {
    boolean text = kind.plainText();
    if (mask instanceof Mask.Email) {
      return text ? new EmailText() : null;
    }
    if (mask instanceof Mask.Partial partial) {
      return partial(partial, kind, text);
    }
    return mask instanceof Mask.Hash ? hash(kind, text) : null;
  }

  private static @Nullable ValueMasker partial(Mask.Partial mask, ValueKind kind, boolean text) {
    if (text) {
      return new PartialText(mask);
    }
    return switch (kind) {
      case MONEY -> new PartialMoney(mask);
      case DATE, TIMESTAMP, TIMESTAMPTZ -> new PartialDate(mask, kind);
      default -> kind.number() ? new PartialNumber(mask, kind) : null;
    };
  }

  private @Nullable ValueMasker hash(ValueKind kind, boolean text) {
    Supplier<KeyedHash> hash = () -> new KeyedHash(Objects.requireNonNull(key, "key"));
    if (text || kind.json()) {
      return new HashText(hash.get(), kind.json());
    }
    return switch (kind) {
      case UUID, BYTEA -> new HashBytes(hash.get(), kind);
      case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC -> new HashNumber(hash.get(), kind);
      default -> null;
    };
  }

  /** A constant in the format of the column; NULL where it is no value of the kind. */
  private static ValueMasker fixed(byte[] text, ValueKind kind, boolean binary) {
    boolean fits =
        switch (kind) {
          case JSON, JSONB -> JsonText.isValid(new String(text, StandardCharsets.UTF_8));
          case NAME -> text.length < 64; // what the type holds
          case XML, MONEY -> false; // one needs a parser, the other the server's locale
          default -> true;
        };
    BinaryCodec codec = BinaryCodec.of(kind);
    ByteSink value = new ByteSink(64);
    if (!fits || !codec.fromText(text, 0, text.length, value)) {
      return FixedMasker.ALWAYS_NULL;
    }
    if (binary) {
      return FixedMasker.of(value.toBytes());
    }
    ByteSink written = new ByteSink(64);
    return codec.toText(value.array(), 0, value.length(), written)
        ? FixedMasker.of(written.toBytes())
        : FixedMasker.ALWAYS_NULL;
  }
}
