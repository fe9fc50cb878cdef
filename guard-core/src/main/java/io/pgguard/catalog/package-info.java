/** An immutable snapshot of the server's catalog. */
@NullMarked
package io.pgguard.catalog;

import org.jspecify.annotations.NullMarked;
