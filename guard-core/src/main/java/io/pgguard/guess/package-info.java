/** How often protected columns were compared with constants: the bound of inference by equality. */
@org.jspecify.annotations.NullMarked
package io.pgguard.guess;
