/** Who a client is, and what it may ask of the server when it connects. */
@NullMarked
package io.pgguard.proxy.login;

import org.jspecify.annotations.NullMarked;
