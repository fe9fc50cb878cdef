/** PostgreSQL's protocol between client and server, seen by a guarded session. */
@NullMarked
package io.pgguard.pgwire;

import org.jspecify.annotations.NullMarked;
