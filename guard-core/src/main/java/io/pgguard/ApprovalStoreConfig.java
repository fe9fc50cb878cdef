package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pgguard.approval.ApprovalStoreLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where approval requests are kept: {@code memory}, {@code { directory: DIR }} or {@code {
 * postgresql: { ... } }}. Immutable.
 *
 * @param directory a directory for a database of its own, relative to the configuration file; null
 *     unless that is chosen
 * @param postgresql a database that several processes share; null unless that is chosen
 */
public record ApprovalStoreConfig(@Nullable String directory, @Nullable PostgreSql postgresql) {
  /** In this process's memory: gone when it ends. */
  public static final ApprovalStoreConfig MEMORY = new ApprovalStoreConfig(null, null);

  @JsonCreator
  static ApprovalStoreConfig of(
      @JsonProperty("directory") @Nullable String directory,
      @JsonProperty("postgresql") @Nullable PostgreSql postgresql) {
    if ((directory == null) == (postgresql == null)) {
      throw new IllegalArgumentException(
          "approval.store is memory, { directory: DIR } or { postgresql: { ... } }");
    }
    return new ApprovalStoreConfig(directory, postgresql);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ApprovalStoreConfig of(String word) {
    if (!word.equals("memory")) {
      throw new IllegalArgumentException(
          "approval.store is memory, { directory: DIR } or { postgresql: { ... } }, not " + word);
    }
    return MEMORY;
  }

  /**
   * Where that is; empty for memory.
   *
   * @param base what relative paths are relative to
   */
  public Optional<ApprovalStoreLocation> location(Path base) {
    if (directory != null) {
      return Optional.of(new ApprovalStoreLocation.Directory(base.resolve(directory)));
    }
    return Optional.ofNullable(postgresql).map(one -> one.location(base));
  }

  /**
   * A database that several processes share.
   *
   * @param url {@code postgresql://host:port,host:port/database}
   * @param user who logs in
   * @param password its password, or null
   * @param tls {@code disable}, {@code require}, {@code verify-ca} or {@code verify-full} (the
   *     default except for a loopback address)
   * @param tlsCa a PEM file of certificate authorities; the JVM's own when absent
   * @param schema the schema that holds Guard's tables, {@code guard} unless said otherwise
   */
  public record PostgreSql(
      String url,
      String user,
      @Nullable Secret password,
      @Nullable String tls,
      @Nullable String tlsCa,
      @Nullable String schema) {
    private static final Pattern URL =
        Pattern.compile(
            "postgresql://((?:[^/?@,:]+|\\[[^/?@,]+\\])(?::\\d+)?(?:,(?:[^/?@,:]+|\\[[^/?@,]+\\])(?::\\d+)?)*)/([^/?@]+)");
    private static final Set<String> TLS = Set.of("disable", "require", "verify-ca", "verify-full");

    @JsonCreator
    public PostgreSql(
        @JsonProperty("url") String url,
        @JsonProperty("user") String user,
        @JsonProperty("password") @Nullable Secret password,
        @JsonProperty("tls") @Nullable String tls,
        @JsonProperty("tlsCa") @Nullable String tlsCa,
        @JsonProperty("schema") @Nullable String schema) {
      if (url == null || user == null) {
        throw new IllegalArgumentException(
            "approval.store.postgresql needs url, as postgresql://host:port/database, and user");
      }
      if (!URL.matcher(url).matches()) {
        // Not shown: it may hold a password.
        throw new IllegalArgumentException(
            "approval.store.postgresql.url must look like postgresql://host:port/database,"
                + " without a user, a password or options");
      }
      if (tls != null && !TLS.contains(tls)) {
        throw new IllegalArgumentException(
            "approval.store.postgresql.tls must be disable, require, verify-ca or verify-full");
      }
      this.url = url;
      this.user = user;
      this.password = password;
      this.tls = tls;
      this.tlsCa = tlsCa;
      this.schema = schema;
    }

    private ApprovalStoreLocation location(Path base) {
      Matcher parts = URL.matcher(url);
      if (!parts.matches()) {
        throw new IllegalStateException("the URL was looked at before");
      }
      List<String> servers = List.of(parts.group(1).split(",", -1));
      Secret secret = password;
      return new ApprovalStoreLocation.PostgreSql(
          servers,
          parts.group(2),
          schema == null ? "guard" : schema,
          user,
          () -> secret == null ? null : secret.read(base),
          tls != null
              ? tls
              : servers.stream().allMatch(PostgreSql::isLoopback) ? "disable" : "verify-full",
          tlsCa == null ? null : base.resolve(tlsCa));
    }

    private static boolean isLoopback(String server) {
      return server.matches("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?");
    }
  }
}
