/**
 * What else a statement makes the server run - functions, operators, casts, triggers - and whether
 * that may let protected values out.
 */
@NullMarked
package io.pgguard.reach;

import org.jspecify.annotations.NullMarked;
