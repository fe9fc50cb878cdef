/**
 * The messages of PostgreSQL's frontend/backend protocol, one file each, decode and encode side by
 * side.
 */
@NullMarked
package io.pgguard.pgwire.message;

import org.jspecify.annotations.NullMarked;
