package io.pgguard.mask;

/** The types that every PostgreSQL has, by their fixed OIDs (catalog file pg_type.dat). */
final class BuiltInTypes implements Types {
  static final BuiltInTypes INSTANCE = new BuiltInTypes();

  /** The first OID that differs between databases (source file transam.h: FirstGenbkiObjectId). */
  static final int FIRST_OF_DATABASE = 10_000;

  private BuiltInTypes() {}

  @Override
  public int baseOf(int typeOid) {
    return typeOid;
  }

  @Override
  public int elementOf(int typeOid) {
    return switch (typeOid) {
      case 143 -> 142; // xml
      case 199 -> 114; // json
      case 791 -> 790; // money
      case 1000 -> 16; // bool
      case 1001 -> 17; // bytea
      case 1003 -> 19; // name
      case 1005 -> 21; // int2
      case 1007 -> 23; // int4
      case 1009 -> 25; // text
      case 1014 -> 1042; // bpchar
      case 1015 -> 1043; // varchar
      case 1016 -> 20; // int8
      case 1021 -> 700; // float4
      case 1022 -> 701; // float8
      case 1028 -> 26; // oid
      case 1115 -> 1114; // timestamp
      case 1182 -> 1082; // date
      case 1183 -> 1083; // time
      case 1185 -> 1184; // timestamptz
      case 1187 -> 1186; // interval
      case 1231 -> 1700; // numeric
      case 1263 -> 2275; // cstring
      case 2951 -> 2950; // uuid
      case 3807 -> 3802; // jsonb
      default -> 0;
    };
  }
}
