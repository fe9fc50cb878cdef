package io.pgguard.lineage;

import io.pgguard.internal.names.SmallSets;
import io.pgguard.wording.LineageWording;
import java.util.Objects;
import java.util.Set;

/**
 * A column that influences which rows or values appear, or whether something fails.
 *
 * @param relationOid the relation's OID
 * @param number the attribute number; 0 stands for the whole row
 * @param kind what of it matters
 * @param where the clause, for people: {@code WHERE}, {@code JOIN}, {@code ORDER BY}, {@code a
 *     function that may fail}
 * @param guesses of EQUALITY: what the column is compared with, each once
 * @param alike of IDENTITY: the columns whose values are compared with each other, its own among
 *     them
 */
public record Influence(
    int relationOid,
    int number,
    Kind kind,
    String where,
    Set<Guess> guesses,
    Set<ColumnSource> alike) {
  public Influence {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(where, "where");
    guesses = SmallSets.copy(guesses);
    alike = SmallSets.copy(alike);
  }

  public Influence(int relationOid, int number, Kind kind, String where) {
    this(relationOid, number, kind, where, Set.of(), Set.of());
  }

  /** Written out, since many are looked up and what the compiler makes is slow at first. */
  @Override
  public int hashCode() {
    int column = 31 * (31 * (31 * relationOid + number) + kind.ordinal()) + where.hashCode();
    return 31 * (31 * column + guesses.hashCode()) + alike.hashCode();
  }

  /** Whether what may tell is a failure. */
  public boolean mayFail() {
    return where.startsWith(Failures.MAY_FAIL);
  }

  /** What may fail, for people: a function's name, an operator's symbol, a construct. */
  public String failing() {
    return mayFail() ? where.substring(Failures.MAY_FAIL.length()) : "";
  }

  /** The same where a view's definition has it: what it compares with is the owner's one guess. */
  Influence within(String view) {
    Set<Guess> one = guesses.isEmpty() ? guesses : Set.of(Guess.named(view));
    return new Influence(
        relationOid, number, kind, LineageWording.OF_VIEW.words(where, view), one, alike);
  }

  /** What of a column matters. */
  public enum Kind {
    /** Whether it is NULL. */
    NULLNESS,
    /** Which of its values are the same, or the same as those of other columns. */
    IDENTITY,
    /** Whether it equals a constant or parameter, by its own type's plain equality. */
    EQUALITY,
    /** Anything else. */
    OTHER
  }

  /**
   * What a column is compared with.
   *
   * @param parameter whether the text is the number of a parameter
   * @param text the constant without its quotes, or a parameter's number; where there is a token,
   *     what stands before that one's value: a sign or nothing
   * @param token the index of the constant's token, of which each text of a shape has its own; -1
   *     where there is none
   * @param cast the types that it is cast to, which may make another value of it; empty where they
   *     do not
   */
  public record Guess(boolean parameter, String text, int token, String cast) {
    public Guess {
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(cast, "cast");
    }

    /** One that stands for itself. */
    static Guess named(String text) {
      return new Guess(false, text, -1, "");
    }
  }
}
