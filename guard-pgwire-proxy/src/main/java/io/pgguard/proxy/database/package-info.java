/** Guard's own ways to a database: credential, TLS, connections beside the sessions. */
@NullMarked
package io.pgguard.proxy.database;

import org.jspecify.annotations.NullMarked;
