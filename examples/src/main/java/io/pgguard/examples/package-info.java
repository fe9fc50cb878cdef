/** The quickstart and the example of the README. */
@NullMarked
package io.pgguard.examples;

import org.jspecify.annotations.NullMarked;
