/** Moves bytes between clients and servers; holds no rule. */
@NullMarked
package io.pgguard.proxy.server;

import org.jspecify.annotations.NullMarked;
