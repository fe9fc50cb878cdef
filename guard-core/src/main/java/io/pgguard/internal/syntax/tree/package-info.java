/**
 * The syntax tree of PostgreSQL 18's queries and data changes: names as the lexer folded them,
 * nothing resolved. Not API.
 */
@NullMarked
package io.pgguard.internal.syntax.tree;

import org.jspecify.annotations.NullMarked;
