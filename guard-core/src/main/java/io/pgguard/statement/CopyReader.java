package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.Locale;

/** Reads where COPY moves rows, and in which format. Thread-safe: no state. */
final class CopyReader {
  private CopyReader() {}

  static CopyFacts read(Span span) {
    int first = span.from() + 1;
    boolean query = span.is(first, '(');
    boolean binaryWord = span.is(first, BINARY);
    int at = query ? span.afterBracket(first) : span.afterName(binaryWord ? first + 1 : first);
    at = query ? at : span.afterBracket(at);
    CopyFacts.Direction direction =
        span.is(at, TO) ? CopyFacts.Direction.OUT : CopyFacts.Direction.IN;
    CopyFacts.Endpoint endpoint =
        span.is(at + 1, PROGRAM)
            ? CopyFacts.Endpoint.PROGRAM
            : span.isAny(at + 1, STDIN, STDOUT)
                ? CopyFacts.Endpoint.CLIENT
                : CopyFacts.Endpoint.FILE;
    return new CopyFacts(direction, endpoint, binaryWord ? "binary" : format(span, at), query);
  }

  private static String format(Span span, int from) {
    for (int i = from; i < span.to(); i++) {
      if (span.is(i, CSV)) {
        return "csv";
      }
      if (span.is(i, BINARY)) {
        return "binary";
      }
      boolean named = span.isWord(i) && span.tokens().value(i).equals("format");
      if (named && i + 1 < span.to()) {
        return span.tokens().value(i + 1).toLowerCase(Locale.ROOT);
      }
    }
    return "text";
  }
}
