/** Judges what comes through Guard by statements and secrets that Guard did not write. */
@NullMarked
package io.pgguard.corpus;

import org.jspecify.annotations.NullMarked;
