/** What is known of a text, how long it holds, and which other texts it holds for. */
@NullMarked
package io.pgguard.plan;

import org.jspecify.annotations.NullMarked;
