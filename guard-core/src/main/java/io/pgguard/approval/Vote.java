package io.pgguard.approval;

import io.pgguard.identity.Principal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One person's word on a request, with the groups that the person had at that time. Immutable.
 *
 * @param by who
 * @param comment in the person's words, or null
 * @param at when
 */
public record Vote(Principal by, @Nullable String comment, Instant at) {
  public Vote {
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(at, "at");
  }
}
