/** What each page shows. */
@NullMarked
package io.pgguard.console.page;

import org.jspecify.annotations.NullMarked;
