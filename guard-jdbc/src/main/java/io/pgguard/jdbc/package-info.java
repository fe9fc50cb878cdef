/** The {@code jdbc:guard:postgresql:} driver. */
@NullMarked
package io.pgguard.jdbc;

import org.jspecify.annotations.NullMarked;
