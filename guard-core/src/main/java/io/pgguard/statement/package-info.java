/** Exact PostgreSQL lexing and what tokens alone tell about a statement. */
@NullMarked
package io.pgguard.statement;

import org.jspecify.annotations.NullMarked;
