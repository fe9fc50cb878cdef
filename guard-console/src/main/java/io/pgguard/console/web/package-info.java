/** The console's HTTP: what is let in, and how it is answered. */
@NullMarked
package io.pgguard.console.web;

import org.jspecify.annotations.NullMarked;
