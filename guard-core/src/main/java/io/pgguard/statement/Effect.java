package io.pgguard.statement;

/** What running a statement may do. */
public enum Effect {
  READ,
  SESSION,
  TRANSACTION,
  CURSOR,
  PREPARED,
  NOTIFY,
  LOCK,
  WRITE,
  MAINTENANCE,
  DDL,
  PRIVILEGE,
  CODE,
  SERVER_FILE
}
