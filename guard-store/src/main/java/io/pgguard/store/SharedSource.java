package io.pgguard.store;

import io.pgguard.approval.ApprovalStoreLocation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to a control database; the password is read for each, so that it may change. */
final class SharedSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;
  private static final int CONNECT_SECONDS = 10;
  private static final int ANSWER_SECONDS = 30;

  private final transient ApprovalStoreLocation.PostgreSql where;

  SharedSource(ApprovalStoreLocation.PostgreSql where) {
    this.where = where;
    List<String> servers = where.servers();
    String[] hosts = new String[servers.size()];
    int[] ports = new int[servers.size()];
    for (int i = 0; i < hosts.length; i++) {
      String server = servers.get(i);
      int colon = server.lastIndexOf(':');
      boolean hasPort = colon > server.lastIndexOf(']');
      hosts[i] = hasPort ? server.substring(0, colon) : server;
      ports[i] = hasPort ? Integer.parseInt(server.substring(colon + 1)) : 5432;
    }
    setServerNames(hosts);
    setPortNumbers(ports);
    setDatabaseName(where.database());
    setTargetServerType("primary");
    setApplicationName("guard-store");
    setConnectTimeout(CONNECT_SECONDS);
    setSocketTimeout(ANSWER_SECONDS);
    setTcpKeepAlive(true);
    // Its details show rows.
    setLogServerErrorDetail(false);
    setSslMode(where.tls());
    Path ca = where.tlsCa();
    if (ca != null) {
      setSslRootCert(ca.toString());
    } else if (where.tls().startsWith("verify")) {
      setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    @Nullable String password = where.password().get();
    return getConnection(where.user(), password);
  }
}
