/** The guarded protocol machine between one client and one server; knows no sockets. */
@NullMarked
package io.pgguard.pgwire.session;

import org.jspecify.annotations.NullMarked;
