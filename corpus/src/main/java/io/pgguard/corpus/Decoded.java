package io.pgguard.corpus;

/**
 * A text with one transformation undone. Immutable.
 *
 * @param how the transformation
 * @param text what came out
 */
record Decoded(String how, String text) {}
