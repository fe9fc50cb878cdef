/** Reads the configuration. Not API. */
@NullMarked
package io.pgguard.internal.config;

import org.jspecify.annotations.NullMarked;
