package io.pgguard.proxy.login;

import io.pgguard.identity.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a client has shown to be.
 *
 * @param expires when that is over, or null for never
 */
public record Shown(Principal principal, @Nullable Instant expires) {}
