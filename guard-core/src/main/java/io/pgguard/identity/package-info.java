/** Who asks: principals, and how an identity maps to a database role. */
@NullMarked
package io.pgguard.identity;

import org.jspecify.annotations.NullMarked;
