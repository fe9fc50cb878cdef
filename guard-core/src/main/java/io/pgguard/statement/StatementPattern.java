package io.pgguard.statement;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A text of one statement in which some literals may change. Knows other texts of the kind without
 * lexing them: between the changed literals they are compared character by character, and only the
 * literals themselves are read. Immutable and thread-safe.
 *
 * <p>Exact in one direction: a text that matches has the same tokens but for those literals, of the
 * same kinds. A text with the same tokens that is written otherwise does not match. It holds
 * because {@link Lexer} knows nothing at a token's start of what went before, and because a literal
 * changes only where no token before it looks as far as the literal ({@link #standsApart}).
 */
public final class StatementPattern {
  private final Tokens tokens;
  private final Brackets brackets;
  private final StatementFacts facts;
  private final int[] slots;

  private StatementPattern(Tokens tokens, Brackets brackets, StatementFacts facts, int[] slots) {
    this.tokens = tokens;
    this.brackets = brackets;
    this.facts = facts;
    this.slots = slots;
  }

  /**
   * The pattern of a text's only statement, which carries no other.
   *
   * @param free the indexes of the tokens that may change; those that are no literals of a plain
   *     kind, or do not stand apart, are held fixed
   */
  public static StatementPattern of(StatementText text, BitSet free) {
    StatementFacts facts = text.statements().get(0);
    if (text.multiple() || !facts.carried().isEmpty()) {
      throw new IllegalArgumentException("a pattern holds one statement that carries no other");
    }
    Tokens tokens = text.tokens();
    int[] slots = free.stream().filter(i -> mayChange(tokens, i)).toArray();
    return new StatementPattern(tokens, Brackets.of(tokens), facts, slots);
  }

  private static boolean mayChange(Tokens tokens, int i) {
    return switch (tokens.kind(i)) {
      case STRING, INTEGER, NUMERIC -> standsApart(tokens, i);
      default -> false;
    };
  }

  /**
   * Whether what is lexed before the literal stays the same whatever literal stands here. A word, a
   * number or a point would grow into it, {@code U&} would take its quote, and a string before it
   * looks over white space for its own continuation.
   */
  private static boolean standsApart(Tokens tokens, int i) {
    if (i == 0 || tokens.is(i - 1, TokenKind.STRING) || tokens.is(i - 1, TokenKind.BIT_STRING)) {
      return false;
    }
    char before = tokens.source().charAt(tokens.start(i) - 1);
    return CharClass.isSpace(before)
        || CharClass.isOperator(before) && before != '&'
        || before == '('
        || before == ','
        || before == '[';
  }

  /**
   * A number that texts of one pattern share: of what stands outside quotes and is no number. Made
   * with a seed, so that nobody can craft texts that meet; what meets is compared in full anyway.
   */
  public static int hash(String text, int seed) {
    int hash = seed;
    boolean word = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        int close = text.indexOf('\'', i + 1);
        if (close < 0) {
          return hash;
        }
        i = close;
        word = false;
      } else if (word || !CharClass.isDigit(c)) {
        word = CharClass.isWordPart(c);
        hash = hash * 31 + c;
      }
    }
    return hash;
  }

  /**
   * The facts of a text of this pattern, or null when the text does not match or when its literals
   * make it tell something else than this one.
   */
  public @Nullable StatementFacts match(String text) {
    if (text.length() > Lexer.MAX_LENGTH) {
      return null;
    }
    int[] ends = new int[slots.length];
    int from = 0;
    int at = 0;
    for (int k = 0; k < slots.length; k++) {
      int gap = tokens.start(slots[k]) - from;
      if (!text.regionMatches(at, tokens.source(), from, gap)) {
        return null;
      }
      at = PlainLiterals.end(text, at + gap, tokens.kind(slots[k]));
      if (at < 0) {
        return null;
      }
      ends[k] = at;
      from = tokens.end(slots[k]);
    }
    int rest = tokens.source().length() - from;
    if (text.length() - at != rest || !text.regionMatches(at, tokens.source(), from, rest)) {
      return null;
    }
    return facts(tokens.moved(text, slots, ends));
  }

  private @Nullable StatementFacts facts(Tokens others) {
    if (!readsLiterals(facts)) {
      return facts.of(others);
    }
    StatementFacts read = new FactsReader(others, brackets).read(facts.from(), facts.to());
    return read.tellsSameAs(facts) ? read : null;
  }

  /** Of a query or INSERT no fact depends on a literal's value, but for a judged WHERE or LIMIT. */
  private static boolean readsLiterals(StatementFacts facts) {
    boolean plain = facts.kind() == StatementKind.SELECT || facts.kind() == StatementKind.INSERT;
    return !plain || facts.where() != WhereClause.NOT_APPLICABLE || facts.locking();
  }
}
