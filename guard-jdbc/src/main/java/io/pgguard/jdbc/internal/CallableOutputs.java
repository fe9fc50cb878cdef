package io.pgguard.jdbc.internal;

import java.sql.CallableStatement;
import java.sql.SQLException;
import java.sql.SQLType;

/** What a call is to give back: passed on. */
abstract class CallableOutputs extends CallableByName {
  CallableOutputs(GuardedConnection connection, String sql, CallableStatement raw) {
    super(connection, sql, raw);
  }

  @Override
  public void registerOutParameter(int parameterIndex, int sqlType) throws SQLException {
    raw.registerOutParameter(parameterIndex, sqlType);
  }

  @Override
  public void registerOutParameter(int parameterIndex, int sqlType, int scale) throws SQLException {
    raw.registerOutParameter(parameterIndex, sqlType, scale);
  }

  @Override
  public void registerOutParameter(int parameterIndex, int sqlType, String typeName)
      throws SQLException {
    raw.registerOutParameter(parameterIndex, sqlType, typeName);
  }

  @Override
  public void registerOutParameter(String parameterName, int sqlType) throws SQLException {
    raw.registerOutParameter(parameterName, sqlType);
  }

  @Override
  public void registerOutParameter(String parameterName, int sqlType, int scale)
      throws SQLException {
    raw.registerOutParameter(parameterName, sqlType, scale);
  }

  @Override
  public void registerOutParameter(String parameterName, int sqlType, String typeName)
      throws SQLException {
    raw.registerOutParameter(parameterName, sqlType, typeName);
  }

  @Override
  public void registerOutParameter(int parameterIndex, SQLType type) throws SQLException {
    raw.registerOutParameter(parameterIndex, type);
  }

  @Override
  public void registerOutParameter(int parameterIndex, SQLType type, int scale)
      throws SQLException {
    raw.registerOutParameter(parameterIndex, type, scale);
  }

  @Override
  public void registerOutParameter(int parameterIndex, SQLType type, String typeName)
      throws SQLException {
    raw.registerOutParameter(parameterIndex, type, typeName);
  }

  @Override
  public void registerOutParameter(String parameterName, SQLType type) throws SQLException {
    raw.registerOutParameter(parameterName, type);
  }

  @Override
  public void registerOutParameter(String parameterName, SQLType type, int scale)
      throws SQLException {
    raw.registerOutParameter(parameterName, type, scale);
  }

  @Override
  public void registerOutParameter(String parameterName, SQLType type, String typeName)
      throws SQLException {
    raw.registerOutParameter(parameterName, type, typeName);
  }
}
