package io.pgguard.wording;

/**
 * The SQLSTATEs that Guard says or looks for (PostgreSQL documentation, "PostgreSQL Error Codes").
 */
public enum SqlState {
  SUCCESSFUL_COMPLETION("00000"),
  WARNING("01000"),
  CLIENT_UNABLE_TO_CONNECT("08001"),
  CONNECTION_FAILURE("08006"),
  PROTOCOL_VIOLATION("08P01"),
  FEATURE_NOT_SUPPORTED("0A000"),
  CHARACTER_NOT_IN_REPERTOIRE("22021"),
  INVALID_PARAMETER_VALUE("22023"),
  IDLE_IN_TRANSACTION_TIMEOUT("25P03"),
  INVALID_STATEMENT_NAME("26000"),
  INVALID_AUTHORIZATION("28000"),
  INVALID_PASSWORD("28P01"),
  INVALID_CURSOR_NAME("34000"),
  INVALID_CATALOG_NAME("3D000"),
  SERIALIZATION_FAILURE("40001"),
  INSUFFICIENT_PRIVILEGE("42501"),
  SYNTAX_ERROR("42601"),
  NAME_TOO_LONG("42622"),
  UNDEFINED_OBJECT("42704"),
  RESERVED_NAME("42939"),
  TOO_MANY_CONNECTIONS("53300"),
  CONFIGURATION_LIMIT_EXCEEDED("53400"),
  PROGRAM_LIMIT_EXCEEDED("54000"),
  OBJECT_NOT_IN_PREREQUISITE_STATE("55000"),
  QUERY_CANCELED("57014"),
  ADMIN_SHUTDOWN("57P01"),
  SYSTEM_ERROR("58000"),
  IO_ERROR("58030"),
  INTERNAL_ERROR("XX000");

  private final String code;

  SqlState(String code) {
    this.code = code;
  }

  /** The five characters. */
  public String code() {
    return code;
  }

  /** Whether a server's SQLSTATE is this one. */
  public boolean is(String other) {
    return code.equals(other);
  }
}
