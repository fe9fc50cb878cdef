/** Charts, drawn as SVG on the server. */
@NullMarked
package io.pgguard.console.chart;

import org.jspecify.annotations.NullMarked;
