/** Immutable maps that share what they have in common, and copies of small sets. */
@NullMarked
package io.pgguard.internal.names;

import org.jspecify.annotations.NullMarked;
