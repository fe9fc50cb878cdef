/**
 * A syntax tree of PostgreSQL's queries and data changes, and the parser that builds it. Not API.
 */
@NullMarked
package io.pgguard.internal.syntax;

import org.jspecify.annotations.NullMarked;
