/** The guarded JDBC objects. Not API. */
@NullMarked
package io.pgguard.jdbc.internal;

import org.jspecify.annotations.NullMarked;
