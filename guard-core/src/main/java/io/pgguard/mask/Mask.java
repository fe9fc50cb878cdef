package io.pgguard.mask;

import java.util.Objects;

/**
 * How one value is turned into another of the same type. A mask says what may be seen; what it
 * gives for each PostgreSQL type stands in docs/masks.md. NULL stays NULL under every mask.
 * Immutable and thread-safe.
 */
public sealed interface Mask {

  /** The word that a policy uses for this mask. */
  String name();

  /**
   * How little is left of a value: of several masks that claim one column, the one with the highest
   * figure is applied. Figures compare, and mean nothing else.
   */
  int strictness();

  /** Hides the whole value, its length too. */
  record Redact() implements Mask {
    @Override
    public String name() {
      return "redact";
    }

    @Override
    public int strictness() {
      return 90;
    }
  }

  /** NULL, whatever the value: also hides whether there was one. */
  record Null() implements Mask {
    @Override
    public String name() {
      return "null";
    }

    @Override
    public int strictness() {
      return 100;
    }
  }

  /**
   * The same value for all rows; NULL where it does not fit the column's type.
   *
   * @param value the value as PostgreSQL's text input of the column's type takes it; no NUL
   *     character, which PostgreSQL cannot store
   */
  record Constant(String value) implements Mask {
    public Constant {
      Objects.requireNonNull(value, "value");
      if (value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "a constant mask must not contain the NUL character; leave it out");
      }
    }

    @Override
    public String name() {
      return "constant";
    }

    @Override
    public int strictness() {
      return 80;
    }
  }

  /**
   * Keeps the ends of a value. A value that is not longer than what is kept is masked whole. The
   * length of the value shows.
   *
   * @param keepFirst how many characters (code points; digits of a number) stay at the start, 0 to
   *     {@value #MOST_KEPT}
   * @param keepLast how many stay at the end, 0 to {@value #MOST_KEPT}
   * @param with what stands for a hidden character of a text: a printable character of the basic
   *     plane that needs no quotes in an array or a JSON text
   */
  record Partial(int keepFirst, int keepLast, char with) implements Mask {
    /** The most characters that may stay at one end. */
    public static final int MOST_KEPT = 1000;

    /** What stands for a hidden character unless the policy says otherwise. */
    public static final char DEFAULT_WITH = '*';

    public Partial {
      check("keepFirst", keepFirst);
      check("keepLast", keepLast);
      if (Character.isISOControl(with)
          || Character.isSurrogate(with)
          || "\"\\{},".indexOf(with) >= 0) {
        throw new IllegalArgumentException(
            "'with' of a partial mask must be one printable character, such as '*', and none of"
                + " \" \\ { } ,");
      }
    }

    /** A partial mask with {@value #DEFAULT_WITH} for what is hidden. */
    public Partial(int keepFirst, int keepLast) {
      this(keepFirst, keepLast, DEFAULT_WITH);
    }

    /** How many characters stay in all. */
    public int kept() {
      return keepFirst + keepLast;
    }

    @Override
    public String name() {
      return "partial";
    }

    @Override
    public int strictness() {
      return Math.max(1, 50 - kept());
    }

    private static void check(String name, int count) {
      if (count < 0 || count > MOST_KEPT) {
        throw new IllegalArgumentException(
            name + " of a partial mask must be from 0 to " + MOST_KEPT + ", not " + count);
      }
    }
  }

  /** Keeps the first character and the domain of an e-mail address; redacts what is none. */
  record Email() implements Mask {
    @Override
    public String name() {
      return "email";
    }

    @Override
    public int strictness() {
      return 20;
    }
  }

  /**
   * A keyed pseudonym (HMAC-SHA-256, RFC 2104 and FIPS 180-4): equal values stay equal, and nothing
   * else can be told without the key.
   */
  record Hash() implements Mask {
    @Override
    public String name() {
      return "hash";
    }

    @Override
    public int strictness() {
      return 60;
    }
  }
}
