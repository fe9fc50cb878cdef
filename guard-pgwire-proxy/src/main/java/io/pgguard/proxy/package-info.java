/** The wire proxy: any PostgreSQL client, the same decisions. */
@NullMarked
package io.pgguard.proxy;

import org.jspecify.annotations.NullMarked;
