package io.pgguard.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.IssuerConfig;
import io.pgguard.identity.DenyList;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import io.pgguard.identity.TokenVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Verifies the tokens of every issuer that a configuration names. Thread-safe; may wait for an
 * issuer's keys.
 */
public final class Tokens implements TokenVerifier {
  private static final int BURST = 5;
  private static final Duration EACH = Duration.ofSeconds(10);

  private final Map<String, Provider> providers = new HashMap<>();
  private final KnownTokens known = new KnownTokens();
  private final DenyList denied;
  private final InstantSource clock;

  /**
   * Reads the keys that stand in files, and asks for the others in the background.
   *
   * @param denied who and what is revoked
   * @throws GuardConfigException when keys in a file cannot be read, or an address may not be used
   */
  public static Tokens of(GuardConfig config, DenyList denied) {
    Tokens tokens = new Tokens(denied, InstantSource.system());
    Executor background = background();
    Fetch fetch = new Fetch();
    for (IssuerConfig issuer : config.issuers()) {
      tokens.add(issuer, keys(issuer, config.directory(), fetch, background));
    }
    tokens.providers.values().forEach(provider -> provider.keys().warmUp());
    return tokens;
  }

  Tokens(DenyList denied, InstantSource clock) {
    this.denied = denied;
    this.clock = clock;
  }

  void add(IssuerConfig issuer, IssuerKeys keys) {
    providers.put(issuer.issuer(), new Provider(issuer, keys));
  }

  /** Where an issuer says what it offers (OpenID Connect Discovery 1.0, section 4). */
  public static String discoveryOf(String issuer) {
    return Discovery.address(issuer).toString();
  }

  /** Reads all that {@link #of} reads, and asks nobody. */
  public static void check(GuardConfig config) {
    Fetch fetch = new Fetch();
    for (IssuerConfig issuer : config.issuers()) {
      IssuerKeys unused = keys(issuer, config.directory(), fetch, Runnable::run);
    }
  }

  /** Where an issuer's keys come from. */
  static IssuerKeys keys(IssuerConfig issuer, Path directory, Fetch fetch, Executor background) {
    String place = issuer.keys();
    if (place != null && !place.contains("://")) {
      return new FileKeys(directory.resolve(place), "the keys of " + issuer.issuer());
    }
    try {
      URI address = place == null ? Discovery.address(issuer.issuer()) : URI.create(place);
      if (!Fetch.mayRead(address)) {
        throw new IllegalArgumentException("only https, or http of this machine itself");
      }
    } catch (IllegalArgumentException e) {
      throw new GuardConfigException(
          "identity.issuers: the keys of "
              + issuer.issuer()
              + " cannot be asked for at that address: "
              + e.getMessage(),
          e);
    }
    return new RemoteKeys(
        issuer.issuer(),
        place == null
            ? new Discovery(issuer.issuer(), fetch)
            : () -> Discovery.keysAt(place, fetch),
        new RemoteKeys.Times(issuer.refresh(), issuer.kept(), BURST, EACH),
        background,
        System::nanoTime);
  }

  /** One thread that ends when nothing is asked for. */
  static Executor background() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "guard-provider-keys");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public Principal verify(String token) throws TokenRefusedException {
    Principal principal = known.find(token, clock.instant());
    if (principal == null) {
      principal = verifyNew(token);
    }
    if (denied.denies(principal)) {
      throw CompactToken.no(TokenProblem.REVOKED, "it, or its subject, is on the deny-list");
    }
    return principal;
  }

  private Principal verifyNew(String text) throws TokenRefusedException {
    CompactToken token = CompactToken.read(text);
    JsonNode issuer = token.payload().get("iss");
    Provider provider =
        issuer == null || !issuer.isTextual() ? null : providers.get(issuer.textValue());
    if (provider == null) {
      throw CompactToken.no(TokenProblem.ISSUER, "no issuer of the configuration has issued it");
    }
    Provider.Vouched vouched = provider.verify(token, clock.instant());
    known.add(text, provider, vouched);
    return vouched.principal();
  }
}
