package io.pgguard.console;

import io.pgguard.ConsoleConfig;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.IssuerConfig;
import io.pgguard.token.SignIn;
import java.util.Optional;

/** How people log in at an identity provider, as the configuration says. */
final class Logins {
  private Logins() {}

  /**
   * The provider's login; empty where {@code console.oidc} is not there.
   *
   * @throws GuardConfigException when it cannot be used
   */
  static Optional<SignIn> at(GuardConfig config) {
    ConsoleConfig console = config.console();
    ConsoleConfig.Oidc oidc = console == null ? null : console.oidc();
    if (oidc == null) {
      return Optional.empty();
    }
    for (IssuerConfig each : config.issuers()) {
      if (each.audience().equals(oidc.client())) {
        throw new GuardConfigException(
            "console.oidc.client: "
                + oidc.client()
                + " is the audience of tokens for Guard, so a login to the console would count in"
                + " sessions too: make a client of its own at the provider");
      }
    }
    IssuerConfig issuer =
        config.issuers().stream()
            .filter(each -> each.issuer().equals(oidc.issuer()))
            .findFirst()
            .orElseThrow(
                () ->
                    new GuardConfigException(
                        "console.oidc.issuer: "
                            + oidc.issuer()
                            + " is none of identity.issuers, where it stands what its claims mean"));
    SignIn.Client client = new SignIn.Client(oidc.client(), oidc.secret(), oidc.scope());
    return Optional.of(SignIn.at(issuer, client, config));
  }
}
