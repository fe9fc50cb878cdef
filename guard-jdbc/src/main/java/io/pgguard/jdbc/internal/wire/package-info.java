/** The socket under PgJDBC: every byte that it sends or receives passes the guarded machine. */
@NullMarked
package io.pgguard.jdbc.internal.wire;

import org.jspecify.annotations.NullMarked;
