/** What an edge talks to: a guarded session over one database connection. */
@NullMarked
package io.pgguard.session;

import org.jspecify.annotations.NullMarked;
