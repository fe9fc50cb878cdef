/** Which columns feed each output, each predicate and each write of a statement. */
@NullMarked
package io.pgguard.lineage;

import org.jspecify.annotations.NullMarked;
