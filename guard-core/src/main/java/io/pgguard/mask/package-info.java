/**
 * Masks turn one value into another of the same type; detectors find sensitive content by looking.
 */
@NullMarked
package io.pgguard.mask;

import org.jspecify.annotations.NullMarked;
