/** The two-worlds machine: what an agent may observe must not depend on protected values. */
@NullMarked
package io.pgguard.corpus.worlds;

import org.jspecify.annotations.NullMarked;
