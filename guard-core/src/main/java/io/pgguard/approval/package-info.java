/** Requests that wait for a person, and the grants that answer them. */
@NullMarked
package io.pgguard.approval;

import org.jspecify.annotations.NullMarked;
