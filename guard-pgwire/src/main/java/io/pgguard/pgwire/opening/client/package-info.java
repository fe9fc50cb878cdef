/** How a client opens a connection: first packets and proof of who asks; knows no sockets. */
@NullMarked
package io.pgguard.pgwire.opening.client;

import org.jspecify.annotations.NullMarked;
