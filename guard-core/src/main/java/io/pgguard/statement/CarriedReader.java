package io.pgguard.statement;

import static io.pgguard.statement.Keyword.*;

import java.util.ArrayList;
import java.util.List;

/** Finds the statements that a statement carries. Thread-safe: no state. */
final class CarriedReader {
  private CarriedReader() {}

  /** The carried statements, in order; none when there are none or the form is not known. */
  static List<Span> carried(Span span, FactsBuilder facts) {
    return switch (facts.kind) {
      case EXPLAIN -> explained(span, facts);
      case PREPARE -> from(span, behind(span, AS), 0);
      case DECLARE -> from(span, behind(span, FOR), 0);
      case COPY -> copied(span);
      case CREATE_TABLE_AS -> from(span, behind(span, AS), withData(span));
      case CREATE_VIEW -> from(span, behind(span, AS), checkOption(span));
      case CREATE_RULE -> actions(span);
      case CREATE_SCHEMA -> elements(span);
      case CREATE_FUNCTION -> body(span, facts);
      default -> List.of();
    };
  }

  private static int behind(Span span, Keyword keyword) {
    return span.find(span.from(), keyword) + 1;
  }

  /** From start to the end less the tokens that do not belong to the statement. */
  private static List<Span> from(Span span, int start, int tail) {
    return start <= span.from() || start >= span.to() - tail
        ? List.of()
        : List.of(span.sub(start, span.to() - tail));
  }

  private static List<Span> explained(Span span, FactsBuilder facts) {
    int at = span.from() + 1;
    boolean query =
        span.isAny(at + 1, SELECT, TABLE, WITH)
            || (span.is(at + 1, VALUES) && span.is(at + 2, '('))
            || span.is(at + 1, '(');
    if (span.is(at, '(') && !query) {
      facts.analyze = ExplainOptions.analyze(span, at);
      return from(span, span.afterBracket(at), 0);
    }
    if (span.isAny(at, ANALYZE, ANALYSE)) {
      facts.analyze = true;
      at++;
    }
    return from(span, span.is(at, VERBOSE) ? at + 1 : at, 0);
  }

  private static List<Span> copied(Span span) {
    int open = span.from() + 1;
    return span.is(open, '(')
        ? List.of(span.sub(open + 1, span.afterBracket(open) - 1))
        : List.of();
  }

  private static int withData(Span span) {
    if (!span.is(span.to() - 1, DATA)) {
      return 0;
    }
    if (span.is(span.to() - 2, WITH)) {
      return 2;
    }
    return span.are(span.to() - 3, WITH, NO) ? 3 : 0;
  }

  private static int checkOption(Span span) {
    if (!span.are(span.to() - 2, CHECK, OPTION)) {
      return 0;
    }
    if (span.is(span.to() - 3, WITH)) {
      return 3;
    }
    return span.is(span.to() - 4, WITH) ? 4 : 0;
  }

  private static List<Span> actions(Span span) {
    int at = behind(span, DO);
    if (span.isAny(at, ALSO, INSTEAD)) {
      at++;
    }
    if (at >= span.to() || span.is(at, NOTHING)) {
      return List.of();
    }
    boolean list = span.is(at, '(') && span.afterBracket(at) == span.to();
    return list ? statements(span, at + 1, span.to() - 1) : from(span, at, 0);
  }

  private static List<Span> elements(Span span) {
    List<Span> found = new ArrayList<>();
    int start = -1;
    for (int i = span.from() + 2; i <= span.to(); i++) {
      boolean begins =
          (span.is(i, CREATE) && !span.is(i - 1, GRANT) && !span.is(i - 1, ','))
              || (span.is(i, GRANT) && !span.is(i - 1, WITH));
      if (i == span.to() || begins) {
        if (start >= 0) {
          found.add(span.sub(start, i));
        }
        start = i;
      } else if (span.opens(i)) {
        i = span.afterBracket(i) - 1;
      } else if (span.is(i, '.')) {
        i++;
      }
    }
    return found;
  }

  private static List<Span> body(Span span, FactsBuilder facts) {
    int begin = span.find(span.from(), ATOMIC);
    while (begin >= 0 && !span.is(begin - 1, BEGIN)) {
      begin = span.find(begin + 1, ATOMIC);
    }
    if (begin < 0) {
      return List.of();
    }
    if (!span.is(span.to() - 1, END)) {
      facts.malformed = true;
      return List.of();
    }
    return statements(span, begin + 1, span.to() - 1);
  }

  private static List<Span> statements(Span span, int from, int to) {
    List<Span> found = new ArrayList<>();
    int start = from;
    for (int end : StatementSplitter.ends(span.tokens(), span.brackets(), from, to)) {
      if (end > start && !span.is(start, RETURN)) {
        found.add(span.sub(start, end));
      }
      start = end + 1;
    }
    return found;
  }
}
