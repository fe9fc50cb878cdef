/** The way in: {@code Guard}, its configuration, and the context that says who asks. */
@NullMarked
package io.pgguard;

import org.jspecify.annotations.NullMarked;
