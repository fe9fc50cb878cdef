package io.pgguard.console.read;

/**
 * A piece of a text as it is shown.
 *
 * @param kind how: the name of a CSS class, or empty for plain
 * @param text what
 */
public record Span(String kind, String text) {}
