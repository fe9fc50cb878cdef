package io.pgguard.approval;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where requests are kept that outlive the process. Immutable. */
public sealed interface ApprovalStoreLocation {

  /**
   * A database of its own in a directory, which one process at a time uses.
   *
   * @param path the directory; made where it is not there
   */
  record Directory(Path path) implements ApprovalStoreLocation {
    public Directory {
      Objects.requireNonNull(path, "path");
    }
  }

  /**
   * A PostgreSQL database that several processes share.
   *
   * @param servers {@code host:port} of each, the primary is looked for
   * @param database its name
   * @param schema the schema that holds Guard's tables; made where it is not there
   * @param user who logs in
   * @param password reads the password, once for each connection
   * @param tls {@code disable}, {@code require}, {@code verify-ca} or {@code verify-full}
   * @param tlsCa a PEM file of certificate authorities; the JVM's own when null
   */
  record PostgreSql(
      List<String> servers,
      String database,
      String schema,
      String user,
      Supplier<@Nullable String> password,
      String tls,
      @Nullable Path tlsCa)
      implements ApprovalStoreLocation {
    public PostgreSql {
      servers = List.copyOf(servers);
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
      Objects.requireNonNull(tls, "tls");
    }

    @Override
    public String toString() {
      return "PostgreSql[" + servers + "/" + database + ", schema " + schema + ", as " + user + "]";
    }
  }
}
