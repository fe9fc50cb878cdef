/** What is counted and measured, and where it can be asked for. */
@NullMarked
package io.pgguard.proxy.metrics;

import org.jspecify.annotations.NullMarked;
