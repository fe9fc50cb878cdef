package io.pgguard.proxy.login;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.pgwire.opening.client.ScramVerifier;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The service accounts of the configuration. Immutable and thread-safe. */
public final class Accounts {
  private final Map<String, Account> byName = new HashMap<>();
  private final byte[] secret = new byte[32];

  private record Account(ScramVerifier verifier, Principal principal) {}

  /**
   * @throws GuardConfigException when a verifier cannot be read
   */
  public Accounts(GuardConfig config, ProxyConfig proxy) {
    new SecureRandom().nextBytes(secret);
    for (ProxyConfig.Account each : proxy.accounts()) {
      try {
        ScramVerifier verifier =
            ScramVerifier.read(each.verifier().read(config.directory()).strip());
        Principal principal =
            new Principal(each.subject(), Set.copyOf(each.groups()), each.agent(), each.model())
                .provedBy(Proof.ofAccount());
        byName.put(each.name(), new Account(verifier, principal));
      } catch (IllegalArgumentException e) {
        throw new GuardConfigException("proxy.accounts: the account " + each.name(), e);
      }
    }
  }

  /** What its password is checked by; for an unknown name one that no password has. */
  public ScramVerifier verifier(String name) {
    Account known = byName.get(name);
    ScramVerifier nobody = ScramVerifier.ofNobody(name, secret);
    return known == null ? nobody : known.verifier();
  }

  /** Who it is. */
  public Optional<Principal> principal(String name) {
    return Optional.ofNullable(byName.get(name)).map(Account::principal);
  }
}
