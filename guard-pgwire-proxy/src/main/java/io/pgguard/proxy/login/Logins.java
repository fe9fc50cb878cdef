package io.pgguard.proxy.login;

import io.pgguard.GuardConfig;
import io.pgguard.ProxyConfig;
import io.pgguard.identity.DenyList;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import io.pgguard.identity.TokenVerifier;
import io.pgguard.pgwire.opening.client.CertificateLogin;
import io.pgguard.pgwire.opening.client.Evidence;
import io.pgguard.pgwire.opening.client.Login;
import io.pgguard.pgwire.opening.client.OauthLogin;
import io.pgguard.pgwire.opening.client.PasswordLogin;
import io.pgguard.pgwire.opening.client.ScramLogin;
import io.pgguard.token.Tokens;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How clients show who they are. The way is chosen by the user name's form, never by whether there
 * is such an account. Thread-safe.
 */
public final class Logins implements TokenVerifier {
  private final Accounts accounts;
  private final @Nullable NamePattern accountNames;
  private final @Nullable NamePattern certificateNames;
  private final @Nullable TokenVerifier tokens;
  private final ProxyConfig.@Nullable Tokens settings;
  private final @Nullable NamePattern oauthNames;

  /** To whom clients of OAUTHBEARER are sent for a token. */
  private final String issuer;

  /**
   * @param denied who and what is revoked
   * @throws io.pgguard.GuardConfigException when an account or the keys of tokens cannot be read
   */
  public static Logins read(GuardConfig config, ProxyConfig proxy, DenyList denied) {
    return new Logins(config, proxy, proxy.tokens() == null ? null : Tokens.of(config, denied));
  }

  /**
   * Reads all that {@link #read} reads, and asks no issuer for its keys.
   *
   * @throws io.pgguard.GuardConfigException when an account or the keys of tokens cannot be read
   */
  public static Logins check(GuardConfig config, ProxyConfig proxy) {
    Tokens.check(config);
    return new Logins(config, proxy, null);
  }

  /**
   * @param tokens verifies tokens, or null where nobody logs in with one
   */
  Logins(GuardConfig config, ProxyConfig proxy, @Nullable TokenVerifier tokens) {
    this.accounts = new Accounts(config, proxy);
    this.accountNames = proxy.accounts().isEmpty() ? null : new NamePattern(proxy.accountNames());
    String certificates = proxy.certificateNames();
    this.certificateNames = certificates == null ? null : new NamePattern(certificates);
    this.tokens = tokens;
    this.settings = proxy.tokens();
    this.issuer = issuer(config, settings);
    String names = settings == null ? null : settings.oauthNames();
    this.oauthNames = names == null ? null : new NamePattern(names);
  }

  private static String issuer(GuardConfig config, ProxyConfig.@Nullable Tokens settings) {
    if (settings == null) {
      return "";
    }
    String named = settings.issuer();
    return named != null ? named : config.issuers().get(0).issuer();
  }

  /**
   * The way for a user name.
   *
   * @param endPoint Guard's own certificate's hash on an encrypted connection, else null
   * @param shown the client's own certificate, verified; null where it showed none
   * @return empty where the connection may carry no way that there is
   */
  public Optional<Login> login(
      String user,
      boolean encrypted,
      boolean loopback,
      byte @Nullable [] endPoint,
      @Nullable X509Certificate shown) {
    if (certificateNames != null && certificateNames.matches(user)) {
      return Optional.of(new CertificateLogin(shown != null && accounts.has(user, shown)));
    }
    if (accountNames != null && accountNames.matches(user)) {
      return Optional.of(new ScramLogin(accounts.verifier(user), endPoint));
    }
    ProxyConfig.Tokens told = settings;
    if (tokens == null || told == null) {
      return Optional.empty();
    }
    if (oauthNames != null && oauthNames.matches(user)) {
      String discovery = Tokens.discoveryOf(issuer);
      return encrypted ? Optional.of(new OauthLogin(discovery, told.scope())) : Optional.empty();
    }
    boolean carries = encrypted || (loopback && told.onLoopback());
    return carries ? Optional.of(new PasswordLogin()) : Optional.empty();
  }

  /**
   * Who a service account is, once it has shown that.
   *
   * @param shown the client's own certificate; where the account logs in with it, it counts until
   *     the certificate expires
   */
  public Optional<Principal> account(String user, @Nullable X509Certificate shown) {
    if (shown == null || certificateNames == null || !certificateNames.matches(user)) {
      return accounts.principal(user);
    }
    Instant expires = shown.getNotAfter().toInstant();
    Proof proof = new Proof(Proof.ofAccount().proved(), null, null, expires);
    return accounts.principal(user).map(principal -> principal.provedBy(proof));
  }

  /**
   * Who stands behind evidence. May wait.
   *
   * @throws TokenRefusedException when nobody does; its message is for the log
   */
  public Principal verify(Evidence evidence) throws TokenRefusedException {
    return verify(((Evidence.Token) evidence).text());
  }

  @Override
  public Principal verify(String token) throws TokenRefusedException {
    TokenVerifier verifier = tokens;
    if (verifier == null) {
      throw new TokenRefusedException(TokenProblem.NOT_TAKEN, "tokens are not taken");
    }
    return verifier.verify(token);
  }
}
