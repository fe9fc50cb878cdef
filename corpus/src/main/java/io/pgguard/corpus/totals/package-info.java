/** Refutes the list of total functions by calling each one on a real server. */
@NullMarked
package io.pgguard.corpus.totals;

import org.jspecify.annotations.NullMarked;
