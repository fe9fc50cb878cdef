/** Guard's one command. */
@NullMarked
package io.pgguard.cli;

import org.jspecify.annotations.NullMarked;
