package io.pgguard.statement;

/**
 * Finds the end of an operator: the longest run of operator characters, cut where a comment starts,
 * and without trailing plus or minus unless it holds one of {@code ~ ! @ # ^ & | ` ? %} (PostgreSQL
 * documentation, "Operators"). Used by one thread.
 */
final class OperatorScanner {
  private static final int MAX_LENGTH = 63;

  private final String text;
  // What is known of the run that was looked at last, so that a run is looked at only once.
  private int runEnd;
  private int lastSpecial;
  private int lastNoSign;

  OperatorScanner(String text) {
    this.text = text;
  }

  /** Adds the operator that starts here, which is no comment's start; returns its end. */
  int scan(int start, TokenBuffer out) throws LexicalException {
    if (start >= runEnd) {
      look(start);
    }
    int end = runEnd;
    char last = text.charAt(end - 1);
    if (end - start > 1 && (last == '+' || last == '-') && lastSpecial < start) {
      end = Math.max(start, lastNoSign) + 1;
    }
    if (end - start > MAX_LENGTH) {
      throw new LexicalException("operator too long", start);
    }
    boolean arrow = end - start == 2 && text.startsWith("=>", start);
    out.add(arrow ? TokenKind.EQUALS_GREATER : TokenKind.OPERATOR, start, end, 0);
    return end;
  }

  private void look(int start) {
    lastSpecial = -1;
    lastNoSign = -1;
    int at = start;
    while (at < text.length() && CharClass.isOperator(text.charAt(at)) && !comment(at)) {
      char c = text.charAt(at);
      if (CharClass.isOperatorSpecial(c)) {
        lastSpecial = at;
      }
      if (c != '+' && c != '-') {
        lastNoSign = at;
      }
      at++;
    }
    runEnd = at;
  }

  private boolean comment(int at) {
    char c = text.charAt(at);
    if (c != '-' && c != '/' || at + 1 >= text.length()) {
      return false;
    }
    return text.charAt(at + 1) == (c == '-' ? '-' : '*');
  }
}
