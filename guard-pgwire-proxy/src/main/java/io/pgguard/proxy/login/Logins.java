package io.pgguard.proxy.login;

import io.pgguard.GuardConfig;
import io.pgguard.ProxyConfig;
import io.pgguard.identity.Principal;
import io.pgguard.pgwire.opening.client.Evidence;
import io.pgguard.pgwire.opening.client.Login;
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
  private final boolean tokensOnLoopback;

  /**
   * @param tokens verifies tokens, or null where nobody logs in with one
   * @throws io.pgguard.GuardConfigException when an account cannot be read
   */
  public Logins(GuardConfig config, ProxyConfig proxy, @Nullable TokenVerifier tokens) {
    this.accounts = new Accounts(config, proxy);
    this.accountNames = proxy.accounts().isEmpty() ? null : new NamePattern(proxy.accountNames());
    this.tokens = tokens;
    ProxyConfig.Tokens settings = proxy.tokens();
    this.tokensOnLoopback = settings != null && settings.onLoopback();
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
    boolean carries = encrypted || (loopback && tokensOnLoopback);
    return tokens != null && carries ? Optional.of(new PasswordLogin()) : Optional.empty();
  }

  /** Who a service account is, once it has shown that. */
  public Optional<Principal> account(String user) {
    return accounts.principal(user);
  }

  /**
   * Who stands behind evidence. May wait.
   *
   * @throws TokenRefusedException when nobody does; its message is for the log
   */
  public Principal verify(Evidence evidence) throws TokenRefusedException {
    TokenVerifier verifier = tokens;
    if (verifier == null) {
      throw new TokenRefusedException("tokens are not taken");
    }
    return verifier.verify(((Evidence.Token) evidence).text());
  }
}
