package io.pgguard.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a principal was proved, by whom, and until when. What is not proved was only said by the
 * client. Immutable.
 *
 * @param proved the attributes that were proved; empty where all of them were only said
 * @param issuer who vouches for them, as a token's {@code iss} (RFC 7519, section 4.1.1), or null
 * @param tokenId the token's {@code jti}, by which it can be revoked, or null
 * @param expires from when on nothing of it counts, or null for never
 * @param claims what else was proved, by name: for the settings that a policy gives with a role.
 *     Neither logged nor stored
 */
public record Proof(
    Set<Attribute> proved,
    @Nullable String issuer,
    @Nullable String tokenId,
    @Nullable Instant expires,
    Map<String, String> claims) {

  /** Nothing was proved: the client has claimed it all. */
  public static final Proof NONE = new Proof(Set.of(), null, null, null);

  /** An attribute of a principal. The order is that of recordings, and stays. */
  public enum Attribute {
    SUBJECT,
    GROUPS,
    PERSON,
    AGENT,
    SERVICE,
    MODEL
  }

  public Proof {
    EnumSet<Attribute> copy = EnumSet.noneOf(Attribute.class);
    copy.addAll(proved);
    proved = Collections.unmodifiableSet(copy);
    claims = claims == null ? Map.of() : Map.copyOf(claims); // what stores kept has none
  }

  /** One that proves nothing else. */
  public Proof(
      Set<Attribute> proved,
      @Nullable String issuer,
      @Nullable String tokenId,
      @Nullable Instant expires) {
    this(proved, issuer, tokenId, expires, Map.of());
  }

  /** Of what Guard's own configuration says of an account that showed its credential. */
  public static Proof ofAccount() {
    return new Proof(EnumSet.allOf(Attribute.class), null, null, null);
  }

  /** Whether who asks was proved at all. */
  public boolean provesSubject() {
    return proved.contains(Attribute.SUBJECT);
  }

  /** Whether it is over. */
  public boolean isOver(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  @Override
  public String toString() {
    return "Proof[" + proved + " by " + issuer + ", " + tokenId + ", until " + expires + "]";
  }
}
