/** How a connection to the server is opened with a credential; knows no sockets. */
@NullMarked
package io.pgguard.pgwire.opening.server;

import org.jspecify.annotations.NullMarked;
