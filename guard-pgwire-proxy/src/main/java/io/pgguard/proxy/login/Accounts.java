package io.pgguard.proxy.login;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.Secret;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.pgwire.opening.client.ScramVerifier;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The service accounts of the configuration. Immutable and thread-safe. */
public final class Accounts {
  private final Map<String, Account> byName = new HashMap<>();
  private final byte[] unknown = new byte[32];

  private record Account(
      @Nullable ScramVerifier verifier,
      @Nullable CertificateName certificate,
      Principal principal) {}

  /**
   * @throws GuardConfigException when a verifier cannot be read
   */
  public Accounts(GuardConfig config, ProxyConfig proxy) {
    new SecureRandom().nextBytes(unknown);
    for (ProxyConfig.Account each : proxy.accounts()) {
      try {
        Secret secret = each.verifier();
        String shown = each.certificate();
        ScramVerifier verifier =
            secret == null ? null : ScramVerifier.read(secret.read(config.directory()).strip());
        CertificateName certificate = shown == null ? null : new CertificateName(shown);
        Principal principal =
            new Principal(each.subject(), Set.copyOf(each.groups()), each.agent(), each.model())
                .provedBy(Proof.ofAccount());
        byName.put(each.name(), new Account(verifier, certificate, principal));
      } catch (IllegalArgumentException e) {
        throw new GuardConfigException("proxy.accounts: the account " + each.name(), e);
      }
    }
  }

  /** What its password is checked by; for an unknown name one that no password has. */
  public ScramVerifier verifier(String name) {
    Account known = byName.get(name);
    ScramVerifier nobody = ScramVerifier.ofNobody(name, unknown);
    ScramVerifier own = known == null ? null : known.verifier();
    return own == null ? nobody : own;
  }

  /** Whether a certificate that was verified is that of an account. */
  boolean has(String name, X509Certificate certificate) {
    Account known = byName.get(name);
    CertificateName own = known == null ? null : known.certificate();
    return own != null && own.fits(certificate);
  }

  /** Who it is. */
  public Optional<Principal> principal(String name) {
    return Optional.ofNullable(byName.get(name)).map(Account::principal);
  }
}
