package io.pgguard.jdbc.internal;

import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.ShardingKey;
import java.sql.Struct;

/** What is not guarded yet, and so refused. */
abstract class RefusedConnectionFeatures extends ConnectionTransactions {

  @Override
  public Clob createClob() throws SQLException {
    throw Unsupported.feature("large objects", "Use setString.");
  }

  @Override
  public Blob createBlob() throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes.");
  }

  @Override
  public NClob createNClob() throws SQLException {
    throw Unsupported.feature("large objects", "Use setString.");
  }

  @Override
  public Struct createStruct(String text, Object[] value) throws SQLException {
    throw Unsupported.feature("composite parameters", "Pass the fields one by one.");
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey value, ShardingKey value2, int number)
      throws SQLException {
    throw Unsupported.feature("sharding keys", "Connect to the shard itself.");
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey value, int number) throws SQLException {
    throw Unsupported.feature("sharding keys", "Connect to the shard itself.");
  }

  @Override
  public void setShardingKey(ShardingKey value, ShardingKey value2) throws SQLException {
    throw Unsupported.feature("sharding keys", "Connect to the shard itself.");
  }

  @Override
  public void setShardingKey(ShardingKey value) throws SQLException {
    throw Unsupported.feature("sharding keys", "Connect to the shard itself.");
  }
}
