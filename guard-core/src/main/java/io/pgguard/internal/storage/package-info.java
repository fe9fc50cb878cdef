/** What the log and the recordings share to keep files. Not for use outside Guard. */
@NullMarked
package io.pgguard.internal.storage;

import org.jspecify.annotations.NullMarked;
