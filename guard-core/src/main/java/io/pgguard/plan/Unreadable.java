package io.pgguard.plan;

/**
 * Why a text cannot be read at all, in words that a model can act on. Immutable.
 *
 * @param sqlState 42601, or 54000 where it is too large
 * @param message what is the matter
 * @param detail where
 * @param hint what would be read
 */
public record Unreadable(String sqlState, String message, String detail, String hint) {}
