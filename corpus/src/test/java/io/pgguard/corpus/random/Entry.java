package io.pgguard.corpus.random;

/** A FROM entry's text and what it lets expressions see. */
record Entry(String text, Source source) {}
