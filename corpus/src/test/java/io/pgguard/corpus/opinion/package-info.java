/** What JSqlParser finds in a statement, held against what Guard finds. */
@NullMarked
package io.pgguard.corpus.opinion;

import org.jspecify.annotations.NullMarked;
