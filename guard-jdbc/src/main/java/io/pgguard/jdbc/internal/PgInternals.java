package io.pgguard.jdbc.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TimerTask;
import java.util.logging.Logger;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.Encoding;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ReplicationProtocol;
import org.postgresql.core.TransactionState;
import org.postgresql.core.TypeInfo;
import org.postgresql.core.Version;
import org.postgresql.jdbc.FieldMetadata;
import org.postgresql.jdbc.TimestampUtils;
import org.postgresql.util.LruCache;
import org.postgresql.xml.PGXmlFactoryFactory;

/**
 * What PgJDBC's own classes ask of a connection, so that {@code new CopyManager((BaseConnection)
 * connection)} and the like work: texts run as any other does.
 */
abstract class PgInternals extends PgConnectionView implements BaseConnection {

  @Override
  final BaseConnection view() {
    return this;
  }

  /** The connection that the agent holds. */
  abstract GuardedConnection guarded();

  @Override
  public ResultSet execSQLQuery(String sql) throws SQLException {
    return new GuardedResultSet(null, guarded(), run(sql, false, () -> pg().execSQLQuery(sql)));
  }

  @Override
  public ResultSet execSQLQuery(String sql, int type, int concurrency) throws SQLException {
    return new GuardedResultSet(
        null, guarded(), run(sql, false, () -> pg().execSQLQuery(sql, type, concurrency)));
  }

  @Override
  public void execSQLUpdate(String sql) throws SQLException {
    run(
        sql,
        false,
        () -> {
          pg().execSQLUpdate(sql);
          return true;
        });
  }

  @Override
  public QueryExecutor getQueryExecutor() {
    return GuardedExecutor.of(guarded(), pg().getQueryExecutor());
  }

  @Override
  public ReplicationProtocol getReplicationProtocol() {
    throw GuardedExecutor.refused("replication");
  }

  @Override
  public Object getObject(String type, String value, byte[] bytes) throws SQLException {
    return pg().getObject(type, value, bytes);
  }

  @Override
  public Encoding getEncoding() throws SQLException {
    return pg().getEncoding();
  }

  @Override
  public TypeInfo getTypeInfo() {
    return pg().getTypeInfo();
  }

  @Override
  public boolean haveMinimumServerVersion(int version) {
    return pg().haveMinimumServerVersion(version);
  }

  @Override
  public boolean haveMinimumServerVersion(Version version) {
    return pg().haveMinimumServerVersion(version);
  }

  @Override
  public byte[] encodeString(String text) throws SQLException {
    return pg().encodeString(text);
  }

  @Override
  public String escapeString(String text) throws SQLException {
    return pg().escapeString(text);
  }

  @Override
  public boolean getStandardConformingStrings() {
    return pg().getStandardConformingStrings();
  }

  @Override
  @Deprecated
  public TimestampUtils getTimestampUtils() {
    return pg().getTimestampUtils();
  }

  @Override
  public Logger getLogger() {
    return pg().getLogger();
  }

  @Override
  public boolean getStringVarcharFlag() {
    return pg().getStringVarcharFlag();
  }

  @Override
  public TransactionState getTransactionState() {
    return pg().getTransactionState();
  }

  @Override
  public boolean binaryTransferSend(int oid) {
    return pg().binaryTransferSend(oid);
  }

  @Override
  public boolean isColumnSanitiserDisabled() {
    return pg().isColumnSanitiserDisabled();
  }

  @Override
  public void addTimerTask(TimerTask task, long milliSeconds) {
    pg().addTimerTask(task, milliSeconds);
  }

  @Override
  public void purgeTimerTasks() {
    pg().purgeTimerTasks();
  }

  @Override
  public LruCache<FieldMetadata.Key, FieldMetadata> getFieldMetadataCache() {
    return pg().getFieldMetadataCache();
  }

  @Override
  public CachedQuery createQuery(String sql, boolean escapes, boolean parameters, String... columns)
      throws SQLException {
    return pg().createQuery(sql, escapes, parameters, columns);
  }

  @Override
  public void setFlushCacheOnDeallocate(boolean flush) {
    pg().setFlushCacheOnDeallocate(flush);
  }

  @Override
  public boolean hintReadOnly() {
    return pg().hintReadOnly();
  }

  @Override
  public PGXmlFactoryFactory getXmlFactoryFactory() throws SQLException {
    return pg().getXmlFactoryFactory();
  }

  @Override
  public boolean getLogServerErrorDetail() {
    return pg().getLogServerErrorDetail();
  }

  @Override
  public boolean getConvertBooleanToNumeric() {
    return pg().getConvertBooleanToNumeric();
  }
}
