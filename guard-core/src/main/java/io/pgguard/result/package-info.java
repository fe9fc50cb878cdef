/** What the client sees: rows, lines of COPY, and the server's words. */
@NullMarked
package io.pgguard.result;

import org.jspecify.annotations.NullMarked;
