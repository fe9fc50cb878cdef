/** Random statements from a seed, run directly and through Guard, and what came of them. */
@NullMarked
package io.pgguard.corpus.random;

import org.jspecify.annotations.NullMarked;
