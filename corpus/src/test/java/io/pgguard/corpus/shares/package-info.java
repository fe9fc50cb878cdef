/** Replays statements of the two-worlds machine against any build, by its public driver alone. */
@NullMarked
package io.pgguard.corpus.shares;

import org.jspecify.annotations.NullMarked;
