/** Verifies the signed tokens of identity providers: who stands behind one, or why nobody does. */
@NullMarked
package io.pgguard.token;

import org.jspecify.annotations.NullMarked;
