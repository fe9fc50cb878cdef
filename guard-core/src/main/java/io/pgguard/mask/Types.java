package io.pgguard.mask;

/**
 * What masks need to know of a type. The catalog supplies it for types of the database; the
 * built-in types are known anyway. Implementations are thread-safe.
 */
public interface Types {

  /**
   * The type whose values this type's values are: for a domain the type under all domains, for a
   * type whose values are plain text in both formats (citext) text's OID 25, else the type itself.
   */
  int baseOf(int typeOid);

  /** The element type of an array type; 0 for what is no array. */
  int elementOf(int typeOid);

  /** Only what is built into PostgreSQL (catalog file pg_type.dat). */
  static Types builtIn() {
    return BuiltInTypes.INSTANCE;
  }

  /** The database's types, with the built-in ones first. */
  static Types of(Types database) {
    Types builtIn = builtIn();
    return new Types() {
      @Override
      public int baseOf(int typeOid) {
        return typeOid < BuiltInTypes.FIRST_OF_DATABASE ? typeOid : database.baseOf(typeOid);
      }

      @Override
      public int elementOf(int typeOid) {
        return typeOid < BuiltInTypes.FIRST_OF_DATABASE
            ? builtIn.elementOf(typeOid)
            : database.elementOf(typeOid);
      }
    };
  }
}
