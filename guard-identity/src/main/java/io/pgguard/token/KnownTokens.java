package io.pgguard.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pgguard.identity.Principal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified, so that one that comes again costs little. A token counts for as long
 * as it does not expire and its issuer still has the key that signed it. Thread-safe; never waits.
 */
final class KnownTokens {
  private static final int MOST = 10_000;

  private final Cache<Key, Known> tokens = Caffeine.newBuilder().maximumSize(MOST).build();

  private record Known(Provider provider, Provider.Vouched vouched) {}

  /**
   * A token as a key: found by the end of its signature, which differs wherever tokens do, and
   * compared whole.
   */
  private static final class Key {
    private static final int END = 48;

    private final String token;
    private final int hash;

    Key(String token) {
      this.token = token;
      int made = token.length();
      for (int i = Math.max(0, token.length() - END); i < token.length(); i++) {
        made = made * 31 + token.charAt(i);
      }
      this.hash = made;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && token.equals(key.token);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Who stands behind a token; null where it has to be verified. */
  @Nullable Principal find(String token, Instant now) {
    Key key = new Key(token);
    Known known = tokens.getIfPresent(key);
    if (known == null) {
      return null;
    }
    Provider.Vouched vouched = known.vouched();
    boolean holds =
        !vouched.principal().proof().isOver(now)
            && known.provider().keys().known(vouched.keyId()).contains(vouched.key());
    if (!holds) {
      tokens.invalidate(key);
      return null;
    }
    return vouched.principal();
  }

  void add(String token, Provider provider, Provider.Vouched vouched) {
    Objects.requireNonNull(token, "token");
    tokens.put(new Key(token), new Known(provider, vouched));
  }
}
