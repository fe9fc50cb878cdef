/** JMH benchmarks, one class a question. */
@NullMarked
package io.pgguard.benchmarks;

import org.jspecify.annotations.NullMarked;
