package io.pgguard.corpus;

/**
 * A text that a client can see or put together. Immutable.
 *
 * @param channel where it was seen
 * @param text the text
 */
record Fragment(String channel, String text) {}
