/** The hash-chained log of everything that was asked, decided and done. */
@NullMarked
package io.pgguard.audit;

import org.jspecify.annotations.NullMarked;
