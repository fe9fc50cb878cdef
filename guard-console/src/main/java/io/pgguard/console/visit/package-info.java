/** Who is logged in to the console, and what they may do. */
@NullMarked
package io.pgguard.console.visit;

import org.jspecify.annotations.NullMarked;
