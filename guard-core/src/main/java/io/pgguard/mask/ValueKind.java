package io.pgguard.mask;

/** The types that masks tell apart; all others are {@link #OTHER}. */
enum ValueKind {
  TEXT,
  PADDED_TEXT,
  NAME,
  XML,
  JSON,
  JSONB,
  BOOLEAN,
  INT2,
  INT4,
  INT8,
  FLOAT4,
  FLOAT8,
  NUMERIC,
  MONEY,
  DATE,
  TIMESTAMP,
  TIMESTAMPTZ,
  UUID,
  BYTEA,
  OTHER;

  /** The kind of a base type. */
  static ValueKind of(int typeOid) {
    return switch (typeOid) {
      case 25, 1043, 705, 2275 -> TEXT;
      case 1042 -> PADDED_TEXT;
      case 19 -> NAME;
      case 142 -> XML;
      case 114 -> JSON;
      case 3802 -> JSONB;
      case 16 -> BOOLEAN;
      case 21 -> INT2;
      case 23 -> INT4;
      case 20 -> INT8;
      case 700 -> FLOAT4;
      case 701 -> FLOAT8;
      case 1700 -> NUMERIC;
      case 790 -> MONEY;
      case 1082 -> DATE;
      case 1114 -> TIMESTAMP;
      case 1184 -> TIMESTAMPTZ;
      case 2950 -> UUID;
      case 17 -> BYTEA;
      default -> OTHER;
    };
  }

  /** Whether values are text, or contain text as it is. */
  boolean textual() {
    return switch (this) {
      case TEXT, PADDED_TEXT, NAME, XML, JSON, JSONB -> true;
      default -> false;
    };
  }

  /** Whether values are plain text. */
  boolean plainText() {
    return this == TEXT || this == PADDED_TEXT || this == NAME;
  }

  /** Whether values are JSON. */
  boolean json() {
    return this == JSON || this == JSONB;
  }

  /** Whether values are numbers whose digits may be masked one by one. */
  boolean number() {
    return switch (this) {
      case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC, MONEY -> true;
      default -> false;
    };
  }
}
