package io.pgguard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the wire proxy is set up: the key {@code proxy} of {@code guard.yaml} (docs/operations.md).
 * Immutable.
 *
 * @param listen where clients connect, as {@code 127.0.0.1:6432}, or {@code
 *     unix:/run/guard/.s.PGSQL.6432} for a Unix-domain socket
 * @param tls Guard's own certificate; without it clients are not offered TLS
 * @param databases what clients may connect to, by the name that they ask for
 * @param accounts service accounts that log in with a password which Guard knows by its verifier
 * @param accountNames which user names log in with a password, as {@code svc_*}; every other name
 *     shows a token. It decides by the name alone, whether or not there is such an account
 * @param certificateNames which user names log in with a certificate, before all else
 * @param tokens how tokens are verified; without it nobody logs in with one
 * @param balancers from which addresses or networks ({@code 10.0.0.0/8}) connections begin with a
 *     header that tells the client's own address (PROXY protocol), and only from these
 * @param limits how much at a time, and how long
 * @param health where {@code /healthz}, {@code /readyz} and {@code /metrics} are, or null
 * @param node this node's number, where several serve behind a balancer: 1 to 127, or 0
 * @param peers where the nodes are, by their numbers: one that gets a cancel request for a session
 *     of another passes it on. This node may be among them
 */
public record ProxyConfig(
    List<String> listen,
    @Nullable Tls tls,
    List<Served> databases,
    List<Account> accounts,
    @Nullable String accountNames,
    @Nullable String certificateNames,
    @Nullable Tokens tokens,
    List<String> balancers,
    ProxyLimits limits,
    @Nullable String health,
    Integer node,
    Map<Integer, String> peers) {
  @JsonCreator
  public ProxyConfig(
      @JsonProperty("listen") @Nullable List<String> listen,
      @JsonProperty("tls") @Nullable Tls tls,
      @JsonProperty("databases") @Nullable List<Served> databases,
      @JsonProperty("accounts") @Nullable List<Account> accounts,
      @JsonProperty("accountNames") @Nullable String accountNames,
      @JsonProperty("certificateNames") @Nullable String certificateNames,
      @JsonProperty("tokens") @Nullable Tokens tokens,
      @JsonProperty("balancers") @Nullable List<String> balancers,
      @JsonProperty("limits") @Nullable ProxyLimits limits,
      @JsonProperty("health") @Nullable String health,
      @JsonProperty("node") @Nullable Integer node,
      @JsonProperty("peers") @Nullable Map<Integer, String> peers) {
    this.listen = required(listen, "proxy.listen: where clients connect, as [\"127.0.0.1:6432\"]");
    this.tls = tls;
    this.databases = required(databases, "proxy.databases: what clients may connect to");
    this.accounts = accounts == null ? List.of() : List.copyOf(accounts);
    this.accountNames = accountNames;
    this.certificateNames = certificateNames;
    this.tokens = tokens;
    this.balancers = balancers == null ? List.of() : List.copyOf(balancers);
    this.limits = limits == null ? ProxyLimits.USUAL : limits;
    this.health = health;
    this.node = node == null ? 0 : node;
    this.peers = peers == null ? Map.of() : Map.copyOf(peers);
    ProxyConfigRules.check(this);
  }

  private static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("missing " + what);
    }
    return value;
  }

  private static <T> List<T> required(@Nullable List<T> values, String what) {
    if (values == null || values.isEmpty()) {
      throw new IllegalArgumentException("missing " + what);
    }
    return List.copyOf(values);
  }

  /**
   * Guard's own certificate.
   *
   * @param certificate a PEM file with the certificate and those between it and its authority
   * @param key a PEM file with its private key (PKCS #8)
   * @param required whether clients without TLS are refused; yes unless said otherwise
   * @param clientCa a PEM file of the authorities of clients' certificates, or null where clients
   *     are asked for none
   */
  public record Tls(String certificate, String key, boolean required, @Nullable String clientCa) {
    @JsonCreator
    public Tls(
        @JsonProperty("certificate") @Nullable String certificate,
        @JsonProperty("key") @Nullable String key,
        @JsonProperty("required") @Nullable Boolean required,
        @JsonProperty("clientCa") @Nullable String clientCa) {
      this(
          ProxyConfig.required(certificate, "proxy.tls.certificate: a PEM file"),
          ProxyConfig.required(key, "proxy.tls.key: a PEM file"),
          required == null || required,
          clientCa);
    }
  }

  /** Labels of servers, each once and none blank. */
  static Set<String> labels(String key, @Nullable List<String> labels) {
    if (labels == null) {
      return Set.of();
    }
    if (labels.stream().anyMatch(label -> label == null || label.isBlank())) {
      throw new IllegalArgumentException(key + ": a label must not be empty");
    }
    return Set.copyOf(labels);
  }

  /**
   * One database that clients may connect to.
   *
   * @param name what clients ask for
   * @param servers where it is, as {@code db.example.com:5432}, tried in order
   * @param database its name there; the same unless said otherwise
   * @param targetSessionAttrs which of the servers is taken, as libpq's parameter of that name
   * @param acceptPrivilegedRole whether statements may run as a superuser, a replication role or
   *     one that row policies do not bind
   * @param environment labels of its servers; empty for those of the whole configuration
   */
  public record Served(
      String name,
      List<String> servers,
      String database,
      TargetSessionAttrs targetSessionAttrs,
      boolean acceptPrivilegedRole,
      Set<String> environment) {
    @JsonCreator
    public Served(
        @JsonProperty("name") @Nullable String name,
        @JsonProperty("servers") @Nullable List<String> servers,
        @JsonProperty("database") @Nullable String database,
        @JsonProperty("targetSessionAttrs") @Nullable TargetSessionAttrs targetSessionAttrs,
        @JsonProperty("acceptPrivilegedRole") @Nullable Boolean acceptPrivilegedRole,
        @JsonProperty("environment") @Nullable List<String> environment) {
      this(
          ProxyConfig.required(name, "proxy.databases.name: what clients ask for"),
          ProxyConfig.required(
              servers, "proxy.databases.servers: where it is, as [\"db.example.com:5432\"]"),
          database == null ? String.valueOf(name) : database,
          targetSessionAttrs == null ? TargetSessionAttrs.ANY : targetSessionAttrs,
          acceptPrivilegedRole != null && acceptPrivilegedRole,
          labels("proxy.databases.environment", environment));
    }
  }

  /**
   * A service account.
   *
   * @param name its user name
   * @param verifier of its password, as in pg_authid; {@code guard verifier} makes one. Null where
   *     it logs in with a certificate
   * @param certificate whose certificate it logs in with: its common name, or its whole
   *     distinguished name (RFC 2253). Null where it has a password
   * @param subject who it is, for the policy and the log; its name unless said otherwise
   * @param groups the groups that it belongs to
   * @param agent the agent that it stands for, or null
   * @param model the model behind that agent, or null
   */
  public record Account(
      String name,
      @Nullable Secret verifier,
      @Nullable String certificate,
      String subject,
      List<String> groups,
      @Nullable String agent,
      @Nullable String model) {
    @JsonCreator
    public Account(
        @JsonProperty("name") @Nullable String name,
        @JsonProperty("verifier") @Nullable Secret verifier,
        @JsonProperty("certificate") @Nullable String certificate,
        @JsonProperty("subject") @Nullable String subject,
        @JsonProperty("groups") @Nullable List<String> groups,
        @JsonProperty("agent") @Nullable String agent,
        @JsonProperty("model") @Nullable String model) {
      this.name = ProxyConfig.required(name, "proxy.accounts.name: its user name");
      this.verifier = verifier;
      this.certificate = certificate;
      if ((verifier == null) == (certificate == null)) {
        throw new IllegalArgumentException(
            "proxy.accounts: "
                + name
                + " needs a verifier of its password, or says whose certificate it has");
      }
      this.subject = subject == null ? this.name : subject;
      this.groups = groups == null ? List.of() : List.copyOf(groups);
      this.agent = agent;
      this.model = model;
    }
  }

  /**
   * How tokens are verified.
   *
   * @param keys a file with the issuer's public keys (JWK Set, RFC 7517); null where {@code
   *     identity.issuers} name issuers
   * @param issuer what a token's {@code iss} must be; beside {@code identity.issuers} the one of
   *     them that clients of OAUTHBEARER are sent to, or null for the first
   * @param audience what a token's {@code aud} must hold: Guard's own; null where {@code
   *     identity.issuers} name issuers
   * @param groups the claim that holds the groups; {@code groups} unless said otherwise
   * @param oauthNames which user names are offered OAUTHBEARER, as {@code oauth_*}, over TLS only;
   *     every other one sends its token as the password
   * @param scope what clients of OAUTHBEARER are told to ask the issuer for
   * @param withoutTls {@code never}, or {@code loopback} to take tokens from this machine's own
   *     clients without TLS
   */
  public record Tokens(
      @Nullable String keys,
      @Nullable String issuer,
      @Nullable String audience,
      String groups,
      @Nullable String oauthNames,
      String scope,
      String withoutTls) {
    @JsonCreator
    public Tokens(
        @JsonProperty("keys") @Nullable String keys,
        @JsonProperty("issuer") @Nullable String issuer,
        @JsonProperty("audience") @Nullable String audience,
        @JsonProperty("groups") @Nullable String groups,
        @JsonProperty("oauthNames") @Nullable String oauthNames,
        @JsonProperty("scope") @Nullable String scope,
        @JsonProperty("withoutTls") @Nullable String withoutTls) {
      this.keys = keys;
      this.issuer = issuer;
      this.audience = audience;
      this.groups = groups == null ? "groups" : groups;
      this.oauthNames = oauthNames;
      this.scope = scope == null ? "openid" : scope;
      this.withoutTls = withoutTls == null ? "never" : withoutTls;
      if (!this.withoutTls.equals("never") && !this.withoutTls.equals("loopback")) {
        throw new IllegalArgumentException(
            "proxy.tokens.withoutTls must be never or loopback, not " + withoutTls);
      }
    }

    /** The one issuer that is named here; null where {@code identity.issuers} name them. */
    @Nullable IssuerConfig ownIssuer() {
      return keys == null || issuer == null || audience == null
          ? null
          : IssuerConfig.ofKeys(issuer, audience, keys, groups);
    }

    /**
     * @throws IllegalArgumentException when these issuers and what is said here do not fit
     */
    void checkIssuers(List<IssuerConfig> issuers) {
      if (issuers.isEmpty()) {
        ProxyConfig.required(keys, "proxy.tokens.keys: a file with the issuer's keys");
        ProxyConfig.required(issuer, "proxy.tokens.issuer: what iss must be");
        ProxyConfig.required(audience, "proxy.tokens.audience: Guard's own");
      } else if (keys != null || audience != null) {
        throw new IllegalArgumentException(
            "proxy.tokens.keys and proxy.tokens.audience are named by identity.issuers already:"
                + " leave them out here");
      } else if (issuer != null && issuers.stream().noneMatch(i -> i.issuer().equals(issuer))) {
        throw new IllegalArgumentException(
            "proxy.tokens.issuer must be one of identity.issuers: clients of OAUTHBEARER are sent"
                + " there");
      }
    }

    /** Whether a token may come from this machine's own clients without TLS. */
    public boolean onLoopback() {
      return withoutTls.equals("loopback");
    }
  }
}
