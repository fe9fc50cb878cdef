/** A real PostgreSQL for tests. */
@NullMarked
package io.pgguard.testkit;

import org.jspecify.annotations.NullMarked;
