/**
 * What a session made and changed that later texts refer to: prepared statements, cursors,
 * temporary relations, its search path.
 */
@NullMarked
package io.pgguard.memory;

import org.jspecify.annotations.NullMarked;
