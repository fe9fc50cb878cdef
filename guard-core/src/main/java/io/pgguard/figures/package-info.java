/**
 * What a statement changes, counted where it does it, what it is expected to cost, and how long it
 * may take.
 */
@NullMarked
package io.pgguard.figures;

import org.jspecify.annotations.NullMarked;
