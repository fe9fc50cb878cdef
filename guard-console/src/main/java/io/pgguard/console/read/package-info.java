/** Statements and values as people read them. */
@NullMarked
package io.pgguard.console.read;

import org.jspecify.annotations.NullMarked;
