package io.pgguard.statement;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one text, in order, without white space and comments. Held as arrays, so that a
 * token costs no object; values are decoded when asked for. Immutable and thread-safe.
 *
 * <p>Indexes run from 0 to {@link #size} minus 1; others throw {@link IndexOutOfBoundsException}.
 */
public final class Tokens {
  private static final TokenKind[] KINDS = TokenKind.values();

  private final String source;
  private final int size;
  private final byte[] kinds;
  private final int[] starts;
  private final int[] ends;
  // A keyword's code, a parameter's number, or the escape character of U& and UESCAPE.
  private final int[] extras;

  Tokens(String source, int size, byte[] kinds, int[] starts, int[] ends, int[] extras) {
    this.source = source;
    this.size = size;
    this.kinds = kinds;
    this.starts = starts;
    this.ends = ends;
    this.extras = extras;
  }

  /** The text that was lexed. */
  public String source() {
    return source;
  }

  /** How many tokens there are. */
  public int size() {
    return size;
  }

  public TokenKind kind(int i) {
    return KINDS[kinds[check(i)]];
  }

  /** Index of the token's first character in the source. */
  public int start(int i) {
    return starts[check(i)];
  }

  /** Index after the token's last character; a UESCAPE clause belongs to its token. */
  public int end(int i) {
    return ends[check(i)];
  }

  /** The token as written. */
  public String text(int i) {
    return source.substring(start(i), end(i));
  }

  /**
   * What the token means to PostgreSQL: an identifier folded (ASCII only) and cut at 63 bytes of
   * UTF-8, a string constant decoded, a bit string with its leading {@code b} or {@code x}, a
   * parameter's number, else the text as written.
   */
  public String value(int i) {
    return switch (kind(i)) {
      case WORD -> {
        Keyword keyword = KeywordTable.at(extras[i]);
        yield keyword == null ? Identifiers.fold(source, start(i), end(i)) : keyword.word();
      }
      case QUOTED_NAME -> Identifiers.cut(QuoteDecoder.decode(source, start(i), extras[i]));
      case STRING, BIT_STRING -> QuoteDecoder.decode(source, start(i), extras[i]);
      case PARAMETER -> Integer.toString(extras[i]);
      default -> text(i);
    };
  }

  /** The keyword that an unquoted word spells; null for any other token. */
  public @Nullable Keyword keyword(int i) {
    return is(i, TokenKind.WORD) ? KeywordTable.at(extras[i]) : null;
  }

  /** A parameter's number, from {@code $n}. */
  public int parameter(int i) {
    if (!is(i, TokenKind.PARAMETER)) {
      throw new IllegalArgumentException("token " + i + " is no parameter");
    }
    return extras[i];
  }

  public boolean is(int i, TokenKind kind) {
    return kinds[check(i)] == kind.ordinal();
  }

  /** Whether token {@code i} is a word, a keyword among them, or a quoted name. */
  public boolean isIdentifier(int i) {
    return is(i, TokenKind.WORD) || is(i, TokenKind.QUOTED_NAME);
  }

  /** Every word and quoted name of a range, folded and decoded, in order, keywords too. */
  public Set<String> identifiers(int from, int to) {
    Set<String> found = new LinkedHashSet<>();
    for (int i = from; i < to; i++) {
      if (isIdentifier(i)) {
        found.add(value(i));
      }
    }
    return Collections.unmodifiableSet(found);
  }

  /** Whether {@link #identifiers} of a range holds a name of ASCII that is no keyword. */
  boolean holds(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean maybe =
          is(i, TokenKind.WORD)
              ? end(i) - start(i) == name.length() // folding an ASCII name keeps its length
              : is(i, TokenKind.QUOTED_NAME);
      if (maybe && value(i).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the token is this keyword, unquoted. */
  public boolean is(int i, Keyword keyword) {
    return is(i, TokenKind.WORD) && extras[i] == keyword.ordinal() + 1;
  }

  /** Whether the token is this punctuation mark: one of {@code ( ) [ ] , ; : .}. */
  public boolean is(int i, char punctuation) {
    return is(i, TokenKind.PUNCTUATION) && source.charAt(starts[i]) == punctuation;
  }

  /** Whether the token is an operator written exactly so. */
  public boolean isOperator(int i, String operator) {
    return is(i, TokenKind.OPERATOR)
        && ends[i] - starts[i] == operator.length()
        && source.startsWith(operator, starts[i]);
  }

  /**
   * The same tokens in another text, where some of them end elsewhere and nothing else differs.
   *
   * @param changed the indexes of those tokens, ascending
   * @param newEnds their ends in the other text
   */
  Tokens moved(String text, int[] changed, int[] newEnds) {
    int[] newStart = new int[size];
    int[] newEnd = new int[size];
    int by = 0;
    int next = 0;
    for (int i = 0; i < size; i++) {
      newStart[i] = starts[i] + by;
      if (next < changed.length && changed[next] == i) {
        by = newEnds[next++] - ends[i];
      }
      newEnd[i] = ends[i] + by;
    }
    return new Tokens(text, size, kinds, newStart, newEnd, extras);
  }

  private int check(int i) {
    return Objects.checkIndex(i, size);
  }
}
