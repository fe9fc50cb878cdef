package io.pgguard.proxy.login;

import io.pgguard.GuardConfig;
import io.pgguard.ProxyConfig;
import io.pgguard.pgwire.opening.client.Evidence;
import io.pgguard.pgwire.opening.client.Login;
import io.pgguard.pgwire.opening.client.OauthLogin;
import io.pgguard.pgwire.opening.client.PasswordLogin;
import io.pgguard.pgwire.opening.client.ScramLogin;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How clients show who they are. The way is chosen by the user name's form, never by whether there
 * is such an account. Thread-safe.
 */
public final class Logins {
  private final Accounts accounts;
  private final @Nullable NamePattern accountNames;
  private final @Nullable TokenVerifier tokens;
  private final ProxyConfig.@Nullable Tokens settings;
  private final @Nullable NamePattern oauthNames;

  /**
   * @throws io.pgguard.GuardConfigException when an account or the keys of tokens cannot be read
   */
  public static Logins read(GuardConfig config, ProxyConfig proxy) {
    ProxyConfig.Tokens tokens = proxy.tokens();
    return new Logins(
        config, proxy, tokens == null ? null : new KeyFileTokens(tokens, config.directory()));
  }

  /**
   * @param tokens verifies tokens, or null where nobody logs in with one
   */
  Logins(GuardConfig config, ProxyConfig proxy, @Nullable TokenVerifier tokens) {
    this.accounts = new Accounts(config, proxy);
    this.accountNames = proxy.accounts().isEmpty() ? null : new NamePattern(proxy.accountNames());
    this.tokens = tokens;
    this.settings = proxy.tokens();
    String names = settings == null ? null : settings.oauthNames();
    this.oauthNames = names == null ? null : new NamePattern(names);
  }

  /**
   * The way for a user name.
   *
   * @param endPoint Guard's own certificate's hash on an encrypted connection, else null
   * @return empty where the connection may carry no way that there is
   */
  public Optional<Login> login(
      String user, boolean encrypted, boolean loopback, byte @Nullable [] endPoint) {
    if (accountNames != null && accountNames.matches(user)) {
      return Optional.of(new ScramLogin(accounts.verifier(user), endPoint));
    }
    ProxyConfig.Tokens told = settings;
    if (tokens == null || told == null) {
      return Optional.empty();
    }
    if (oauthNames != null && oauthNames.matches(user)) {
      String discovery = told.issuer() + "/.well-known/openid-configuration";
      return encrypted ? Optional.of(new OauthLogin(discovery, told.scope())) : Optional.empty();
    }
    boolean carries = encrypted || (loopback && told.onLoopback());
    return carries ? Optional.of(new PasswordLogin()) : Optional.empty();
  }

  /** Who a service account is, once it has shown that. */
  public Optional<Shown> account(String user) {
    return accounts.principal(user).map(principal -> new Shown(principal, null));
  }

  /**
   * Who stands behind evidence. May wait.
   *
   * @throws TokenRefusedException when nobody does; its message is for the log
   */
  public Shown verify(Evidence evidence) throws TokenRefusedException {
    TokenVerifier verifier = tokens;
    if (verifier == null) {
      throw new TokenRefusedException("tokens are not taken");
    }
    return verifier.verify(((Evidence.Token) evidence).text());
  }
}
