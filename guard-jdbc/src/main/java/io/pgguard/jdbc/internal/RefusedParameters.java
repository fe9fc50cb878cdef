package io.pgguard.jdbc.internal;

import java.io.InputStream;
import java.io.Reader;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.SQLException;

/**
 * Parameters that live in large objects or references: refused, since large objects are not
 * guarded.
 */
abstract class RefusedParameters extends GuardedStatement implements PreparedStatement {

  RefusedParameters(GuardedConnection connection, PreparedStatement raw) {
    super(connection, raw);
  }

  @Override
  public void setRef(int parameterIndex, Ref value) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setBlob(int parameterIndex, Blob value) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setClob(int parameterIndex, Clob value) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setNClob(int parameterIndex, NClob value) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setClob(int parameterIndex, Reader reader, long length) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setBlob(int parameterIndex, InputStream stream, long length) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setNClob(int parameterIndex, Reader reader, long length) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setClob(int parameterIndex, Reader reader) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setBlob(int parameterIndex, InputStream stream) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setNClob(int parameterIndex, Reader reader) throws SQLException {
    throw Unsupported.feature(
        "large objects and references", "Use setBytes, setString or a stream setter.");
  }
}
