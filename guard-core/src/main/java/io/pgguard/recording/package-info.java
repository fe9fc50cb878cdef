/** The stored trace of a session, request and response, and its replay. */
@NullMarked
package io.pgguard.recording;

import org.jspecify.annotations.NullMarked;
