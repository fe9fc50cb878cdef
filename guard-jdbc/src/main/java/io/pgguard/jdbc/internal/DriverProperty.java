package io.pgguard.jdbc.internal;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a property of PgJDBC. An agent may write the URL, so the list is one of what is
 * allowed: whatever loads classes, switches off what Guard relies on, or carries a credential is
 * refused with what to do instead. docs/jdbc.md has the same table.
 *
 * @param why what to do instead; empty where it is not refused
 */
record DriverProperty(Kind kind, String why) {

  /** What becomes of it. */
  enum Kind {
    /** PgJDBC gets it. */
    ALLOWED,
    /** Guard itself does what it says. */
    GUARDED,
    /** Guard has settled it, and says nothing where it is set. */
    WITHOUT_EFFECT,
    /** The connection is not opened. */
    REFUSED
  }

  /** What PgJDBC gets. */
  static final Set<String> ALLOWED =
      Set.of(
          "adaptiveFetch",
          "adaptiveFetchMaximum",
          "adaptiveFetchMinimum",
          "ApplicationName",
          "autosave",
          "binaryTransfer",
          "binaryTransferDisable",
          "binaryTransferEnable",
          "cancelSignalTimeout",
          "cleanupSavepoints",
          "connectTimeout",
          "convertBooleanToNumeric",
          "databaseMetadataCacheFields",
          "databaseMetadataCacheFieldsMiB",
          "defaultRowFetchSize",
          "disableColumnSanitiser",
          "escapeSyntaxCallMode",
          "flushCacheOnDdl",
          "hideUnprivilegedObjects",
          "loginTimeout",
          "logServerErrorDetail",
          "logUnclosedConnections",
          "maxResultBuffer",
          "maxSendBufferSize",
          "preferQueryMode",
          "preparedStatementCacheQueries",
          "preparedStatementCacheSizeMiB",
          "prepareThreshold",
          "queryTimeout",
          "quoteReturningIdentifiers",
          "readOnly",
          "readOnlyMode",
          "receiveBufferSize",
          "reWriteBatchedInserts",
          "reWriteBatchedInsertsSize",
          "sendBufferSize",
          "socketTimeout",
          "stringtype",
          "tcpKeepAlive",
          "tcpNoDelay",
          "unknownLength");

  /** What Guard itself heeds: {@link Servers}, {@link CurrentSchema}, {@link TlsWish}. */
  static final Set<String> GUARDED =
      Set.of(
          "currentSchema", "gssEncMode", "loadBalanceHosts", "ssl", "sslmode", "targetServerType");

  /** What Guard has settled: the protocol, UTF-8, the lowest server version, how it logs in. */
  static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "allowEncodingChanges",
          "assumeMinServerVersion",
          "groupStartupParameters",
          "gssResponseTimeout",
          "hostRecheckSeconds",
          "protocolVersion",
          "sslNegotiation",
          "sslResponseTimeout");

  private static final String CREDENTIAL =
      "it is not the agent's to give: the database credential comes from the guard.config file;"
          + " leave it out";
  private static final String CLASSES = "it would run code of the URL's choice; leave it out";
  private static final String TLS =
      "keys and authorities stand in the guard.config file (database.tls, database.tlsCa); leave it"
          + " out";
  private static final String PLACE = "name host, port and database in the URL itself";

  /** What is refused, and what to do instead. */
  static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("user", CREDENTIAL),
          Map.entry("password", CREDENTIAL),
          Map.entry("gsslib", CREDENTIAL),
          Map.entry("gssUseDefaultCreds", CREDENTIAL),
          Map.entry("jaasApplicationName", CREDENTIAL),
          Map.entry("jaasLogin", CREDENTIAL),
          Map.entry("kerberosServerName", CREDENTIAL),
          Map.entry("requireAuth", CREDENTIAL),
          Map.entry("scramMaxIterations", CREDENTIAL),
          Map.entry("sspiServiceClass", CREDENTIAL),
          Map.entry("useSpnego", CREDENTIAL),
          Map.entry("channelBinding", CREDENTIAL),
          Map.entry("authenticationPluginClassName", CLASSES),
          Map.entry("classLoaderStrategy", CLASSES),
          Map.entry("connectExecutor", CLASSES),
          Map.entry("connectExecutorArg", CLASSES),
          Map.entry("socketFactory", CLASSES),
          Map.entry("socketFactoryArg", CLASSES),
          Map.entry("sslfactory", CLASSES),
          Map.entry("sslfactoryarg", CLASSES),
          Map.entry("sslhostnameverifier", CLASSES),
          Map.entry("sslpasswordcallback", CLASSES),
          Map.entry("xmlFactoryFactory", CLASSES),
          Map.entry("sslcert", TLS),
          Map.entry("sslkey", TLS),
          Map.entry("sslpassword", TLS),
          Map.entry("sslrootcert", TLS),
          Map.entry("pemKeyAlgorithm", TLS),
          Map.entry("PGHOST", PLACE),
          Map.entry("PGPORT", PLACE),
          Map.entry("PGDBNAME", PLACE),
          Map.entry("service", PLACE),
          Map.entry("localSocketAddress", PLACE),
          Map.entry("options", "set what the policy allows by SET once the connection is open"),
          Map.entry("replication", "it would carry every row unmasked; leave it out"),
          Map.entry("loggerFile", "PgJDBC logs by java.util.logging; leave it out"),
          Map.entry("loggerLevel", "PgJDBC logs by java.util.logging; leave it out"));

  /** What becomes of the property of that name; one that nobody knows is refused. */
  static DriverProperty of(String name) {
    if (ALLOWED.contains(name)) {
      return new DriverProperty(Kind.ALLOWED, "");
    }
    if (GUARDED.contains(name)) {
      return new DriverProperty(Kind.GUARDED, "");
    }
    if (WITHOUT_EFFECT.contains(name)) {
      return new DriverProperty(Kind.WITHOUT_EFFECT, "");
    }
    @Nullable String why = REFUSED.get(name);
    return new DriverProperty(
        Kind.REFUSED, why == null ? "it is not known; allowed of PgJDBC's are " + known() : why);
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(ALLOWED);
    known.addAll(GUARDED);
    return known;
  }
}
