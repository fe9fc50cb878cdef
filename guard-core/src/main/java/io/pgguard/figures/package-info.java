/** What a statement would change and cost, counted before it runs, and how long it may take. */
@NullMarked
package io.pgguard.figures;

import org.jspecify.annotations.NullMarked;
