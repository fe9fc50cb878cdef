/** Immutable maps that share what they have in common. */
@NullMarked
package io.pgguard.internal.names;

import org.jspecify.annotations.NullMarked;
