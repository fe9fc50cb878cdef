/**
 * One statement's judgement: what it may show, what the policy says of it, and what Guard itself
 * does not let through.
 */
@NullMarked
package io.pgguard.judge;

import org.jspecify.annotations.NullMarked;
