/** Rules, classes and masks, and the decision that they make together. */
@NullMarked
package io.pgguard.policy;

import org.jspecify.annotations.NullMarked;
