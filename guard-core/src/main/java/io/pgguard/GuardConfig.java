package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pgguard.audit.AuditSettings;
import io.pgguard.internal.config.ConfigReader;
import io.pgguard.policy.Durations;
import io.pgguard.recording.RecordingSettings;
import io.pgguard.session.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one Guard is set up: usually read from a {@code guard.yaml} (README.md shows one). Immutable.
 *
 * @param database the credential that statements run with; agents never see it
 * @param policy the policy file, relative to the configuration file
 * @param audit where the audit log goes
 * @param recording where sessions are recorded
 * @param approval how long an edge waits for people
 * @param masking the key of hash masks
 * @param catalog how often the catalog is looked at
 * @param identity how who asks is proved, or null where nothing is said of it
 * @param proxy how the wire proxy is set up, or null where there is none
 * @param console how the console is set up, or null where there is none
 * @param environment labels of the servers, for rules of the policy; a database of the proxy may
 *     have its own
 * @param directory what relative paths are relative to
 */
public record GuardConfig(
    DatabaseConfig database,
    String policy,
    Audit audit,
    Recording recording,
    Approval approval,
    Masking masking,
    Catalog catalog,
    @Nullable IdentityConfig identity,
    @Nullable ProxyConfig proxy,
    @Nullable ConsoleConfig console,
    Set<String> environment,
    @JsonIgnore Path directory) {

  /** The version of the file's form that this Guard reads. */
  private static final int VERSION = 1;

  @JsonCreator
  static GuardConfig of(
      @JsonProperty("version") @Nullable Integer version,
      @JsonProperty("database") @Nullable DatabaseConfig database,
      @JsonProperty("policy") @Nullable String policy,
      @JsonProperty("audit") @Nullable Audit audit,
      @JsonProperty("recording") @Nullable Recording recording,
      @JsonProperty("approval") @Nullable Approval approval,
      @JsonProperty("masking") @Nullable Masking masking,
      @JsonProperty("catalog") @Nullable Catalog catalog,
      @JsonProperty("identity") @Nullable IdentityConfig identity,
      @JsonProperty("proxy") @Nullable ProxyConfig proxy,
      @JsonProperty("console") @Nullable ConsoleConfig console,
      @JsonProperty("environment") @Nullable List<String> environment) {
    if (version != null && version != VERSION) {
      throw new IllegalArgumentException(
          "version is " + version + "; this Guard reads version " + VERSION);
    }
    return new GuardConfig(
        required(database, "database: the credential that statements run with"),
        required(policy, "policy: the policy file"),
        required(audit, "audit: where the audit log goes"),
        recording == null ? new Recording("recordings", 1_000_000L, 268_435_456L) : recording,
        approval == null ? new Approval(null, null, null) : approval,
        masking == null ? new Masking(null) : masking,
        catalog == null ? new Catalog("30s") : catalog,
        identity,
        proxy,
        console,
        ProxyConfig.labels("environment", environment),
        Path.of("."));
  }

  private static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("missing " + what);
    }
    return value;
  }

  private static Duration duration(String key, String text) {
    try {
      return Durations.of(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a configuration file.
   *
   * @throws GuardConfigException when it cannot be read or is not valid; the message names the
   *     place
   */
  public static GuardConfig read(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return ConfigReader.read(file, GuardConfig.class)
        .in(directory == null ? Path.of(".") : directory);
  }

  /** The same, with relative paths relative to another directory. */
  public GuardConfig in(Path newDirectory) {
    return new GuardConfig(
        database,
        policy,
        audit,
        recording,
        approval,
        masking,
        catalog,
        identity,
        proxy,
        console,
        environment,
        newDirectory);
  }

  /** Whose tokens are taken: what {@code identity} names, or else {@code proxy.tokens}. */
  public List<IssuerConfig> issuers() {
    return IdentityConfig.issuers(identity, proxy);
  }

  /** The policy file's path. */
  public Path policyFile() {
    return directory.resolve(policy);
  }

  /** The audit log's directory. */
  public Path auditDirectory() {
    return directory.resolve(audit.directory());
  }

  /** The recordings' directory. */
  public Path recordingDirectory() {
    return directory.resolve(recording.directory());
  }

  /**
   * The audit log.
   *
   * @param directory where its segments are
   * @param durability {@code strict}, {@code balanced} or {@code os} (docs/audit.md)
   */
  public record Audit(String directory, @Nullable String durability) {
    @JsonCreator
    public Audit(
        @JsonProperty("directory") String directory,
        @JsonProperty("durability") @Nullable String durability) {
      this.directory = required(directory, "audit.directory: where the audit log goes");
      this.durability = durability;
      durability(durability);
    }

    private static AuditSettings.Durability durability(@Nullable String word) {
      try {
        return word == null
            ? AuditSettings.Durability.BALANCED
            : AuditSettings.Durability.valueOf(word.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "audit.durability must be strict, balanced or os, not " + word, e);
      }
    }

    /** As the log takes it. */
    public AuditSettings settings() {
      return AuditSettings.defaults().withDurability(durability(durability));
    }
  }

  /**
   * Recordings.
   *
   * @param directory where they are
   * @param maxRows rows of one response that are kept
   * @param maxBytes bytes of one response that are kept
   */
  public record Recording(String directory, @Nullable Long maxRows, @Nullable Long maxBytes) {
    @JsonCreator
    public Recording(
        @JsonProperty("directory") @Nullable String directory,
        @JsonProperty("maxRows") @Nullable Long maxRows,
        @JsonProperty("maxBytes") @Nullable Long maxBytes) {
      this.directory = directory == null ? "recordings" : directory;
      this.maxRows = maxRows;
      this.maxBytes = maxBytes;
    }

    /** As the recorder takes it. */
    public RecordingSettings settings() {
      RecordingSettings defaults = RecordingSettings.defaults();
      return new RecordingSettings(
          maxRows == null ? defaults.maxRowsPerStatement() : maxRows,
          maxBytes == null ? defaults.maxBytesPerStatement() : maxBytes);
    }
  }

  /**
   * Approvals.
   *
   * @param outside {@code wait} in the file: how long an edge waits for people before it answers
   *     with the request's id, as {@code 30s}
   * @param inTransaction {@code waitInTransaction}: the most that it waits inside a transaction,
   *     whose locks are held meanwhile, as {@code 60s}
   * @param store where requests are kept; in memory unless said otherwise
   */
  public record Approval(String outside, String inTransaction, ApprovalStoreConfig store) {
    @JsonCreator
    public Approval(
        @JsonProperty("wait") @Nullable String outside,
        @JsonProperty("waitInTransaction") @Nullable String inTransaction,
        @JsonProperty("store") @Nullable ApprovalStoreConfig store) {
      this.outside = outside == null ? "30s" : outside;
      this.inTransaction = inTransaction == null ? "60s" : inTransaction;
      this.store = store == null ? ApprovalStoreConfig.MEMORY : store;
      patience();
    }

    /** How long an edge waits. */
    public Patience patience() {
      return new Patience(
          GuardConfig.duration("approval.wait", outside),
          GuardConfig.duration("approval.waitInTransaction", inTransaction));
    }
  }

  /**
   * Masking.
   *
   * @param hashKey the key of hash masks, at least 16 bytes; without it a policy with hash masks
   *     does not load
   */
  public record Masking(@Nullable Secret hashKey) {
    @JsonCreator
    public Masking(@JsonProperty("hashKey") @Nullable Secret hashKey) {
      this.hashKey = hashKey;
    }
  }

  /**
   * The catalog.
   *
   * @param refresh how often changes are looked for, as {@code 30s}
   */
  public record Catalog(String refresh) {
    @JsonCreator
    public Catalog(@JsonProperty("refresh") @Nullable String refresh) {
      this.refresh = refresh == null ? "30s" : refresh;
      period();
    }

    /** How often. */
    public Duration period() {
      return GuardConfig.duration("catalog.refresh", refresh);
    }
  }

  public GuardConfig {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(audit, "audit");
    Objects.requireNonNull(recording, "recording");
    Objects.requireNonNull(approval, "approval");
    Objects.requireNonNull(masking, "masking");
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(directory, "directory");
    IdentityConfig.check(identity, proxy);
  }
}
