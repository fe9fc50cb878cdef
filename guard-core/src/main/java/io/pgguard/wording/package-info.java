/**
 * The catalog of everything that Guard says of its own, with its SQLSTATE: refusals, holds, limits,
 * notices and the errors of both edges. Nothing else makes one.
 */
@NullMarked
package io.pgguard.wording;

import org.jspecify.annotations.NullMarked;
