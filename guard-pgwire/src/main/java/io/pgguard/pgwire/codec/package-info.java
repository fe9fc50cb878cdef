/** Framing: bytes into whole messages and back, with every length checked in one place. */
@NullMarked
package io.pgguard.pgwire.codec;

import org.jspecify.annotations.NullMarked;
