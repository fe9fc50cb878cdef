/** The console: pages for people who answer and audit. */
@NullMarked
package io.pgguard.console;

import org.jspecify.annotations.NullMarked;
