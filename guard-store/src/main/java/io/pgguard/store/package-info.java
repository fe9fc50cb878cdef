/** Keeps approvals in a database: embedded in a directory, or PostgreSQL shared by processes. */
@NullMarked
package io.pgguard.store;

import org.jspecify.annotations.NullMarked;
