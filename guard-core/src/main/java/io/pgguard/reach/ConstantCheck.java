package io.pgguard.reach;

import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Operation;
import io.pgguard.internal.syntax.tree.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an argument must be for a function not to fail. Each knows a part of what PostgreSQL takes:
 * what it does not know may fail.
 */
enum ConstantCheck {
  /** Any value. */
  NONE {
    @Override
    boolean passes(List<Expression> arguments, int at) {
      return true;
    }
  },
  /** Any constant. */
  CONST {
    @Override
    boolean passes(List<Expression> arguments, int at) {
      return arguments.get(at) instanceof Parameter || text(arguments.get(at)) != null;
    }
  },
  SHORT {
    @Override
    boolean passesText(String text) {
      return text.length() <= 16;
    }
  },
  LENGTH {
    @Override
    boolean passesText(String text) {
      return number(text, 0, 10_000);
    }
  },
  FORM {
    @Override
    boolean passesText(String text) {
      return Set.of("NFC", "NFD", "NFKC", "NFKD").contains(text);
    }
  },
  /** Keys at even places: constants that are not NULL. */
  KEY {
    @Override
    boolean passes(List<Expression> arguments, int at) {
      return at % 2 == 1 || (text(arguments.get(at)) != null && arguments.size() % 2 == 0);
    }
  },
  NONNEG {
    @Override
    boolean passesText(String text) {
      return number(text, 0, MOST);
    }
  },
  NONZERO {
    @Override
    boolean passesText(String text) {
      return number(text, 1, MOST) || number(text, -MOST, -1);
    }
  },
  POSITIVE {
    @Override
    boolean passesText(String text) {
      return number(text, 1, MOST);
    }
  },
  SMALL {
    @Override
    boolean passesText(String text) {
      return number(text, -SMALLEST, SMALLEST);
    }
  },
  FRACTION {
    @Override
    boolean passesText(String text) {
      return text.matches("0?\\.\\d{1,9}|[01](\\.0)?");
    }
  },
  /** A pattern of LIKE whose last character escapes nothing. */
  LIKE {
    @Override
    boolean passesText(String text) {
      int at = text.length();
      while (at > 0 && text.charAt(at - 1) == '\\') {
        at--;
      }
      return (text.length() - at) % 2 == 0;
    }
  },
  /** A plain regular expression: no look-around, no reference back, few repetitions. */
  REGEX {
    @Override
    boolean passesText(String text) {
      return text.length() <= LONGEST_PATTERN
          && PLAIN_REGEX.matcher(text).matches()
          && balanced(text);
    }
  },
  ENCODING {
    @Override
    boolean passesText(String text) {
      return Set.of("hex", "base64", "escape").contains(lower(text));
    }
  },
  /** A field that timestamps and intervals alike have. */
  DATEFIELD {
    @Override
    boolean passesText(String text) {
      return DAYPARTS.contains(lower(text)) || TIMEPARTS.contains(lower(text));
    }
  },
  /** A field that a date has. */
  DAYPART {
    @Override
    boolean passesText(String text) {
      return DAYPARTS.contains(lower(text));
    }
  },
  /** Patterns of to_char that dates and intervals alike have. */
  TIMEFORMAT {
    @Override
    boolean passesText(String text) {
      return text.matches("((YYYY|MM|DD|HH24|HH12|HH|MI|SS|MS|US)|[ :/.,-])*");
    }
  },
  NUMBERFORMAT {
    @Override
    boolean passesText(String text) {
      return text.matches("(FM)?[09]{1,15}([.D][09]{1,10})?");
    }
  },
  /** A value of which a declaration says that it is no extreme: {@link TotalFunctions} asks. */
  DECLARED,
  /** Members and elements alone. */
  JSONPATH {
    @Override
    boolean passesText(String text) {
      return PLAIN_PATH.matcher(text).matches();
    }
  },
  /** {@code %s}, {@code %L} and {@code %%} alone, each with its argument. */
  FORMAT {
    @Override
    boolean passes(List<Expression> arguments, int at) {
      String text = at == 0 ? text(arguments.get(at)) : null;
      return at > 0 || (text != null && formats(text, arguments.size() - 1));
    }
  };

  private static final long MOST = 10_000_000;
  private static final long SMALLEST = 1_000;
  private static final int LONGEST_PATTERN = 200;
  private static final int MOST_REPEATED = 16;

  private static final Set<String> DAYPARTS =
      Set.of("year", "month", "day", "quarter", "decade", "century", "millennium");
  private static final Set<String> TIMEPARTS =
      Set.of("hour", "minute", "second", "milliseconds", "microseconds");

  private static final Pattern PLAIN_PATH =
      Pattern.compile(
          "\\s*(lax\\s+)?\\$(\\.[A-Za-z_][A-Za-z0-9_]*|\\[\\d{1,6}\\]|\\[\\*\\]|\\.\\*)*\\s*");

  /** An atom: a plain character, an escape of a class or of punctuation, a simple bracket. */
  private static final String ATOM =
      "(?:[A-Za-z0-9 _@,:;=<>!#%&/\"'~`-]|\\.|\\\\[dwsDWS.@+*?()|/-]|\\[\\^?(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9 _@.,+%])+-?\\])";

  private static final Pattern PLAIN_REGEX =
      Pattern.compile("\\^?(?:\\(|\\||" + ATOM + "[*+?]?|\\)[*+?]?)*\\$?");

  private static final Pattern REPEAT = Pattern.compile("[*+?]");
  private static final Pattern RANGE = Pattern.compile("([A-Za-z0-9])-([A-Za-z0-9])");
  private static final Pattern DIRECTIVE = Pattern.compile("%(?:(\\d{1,2})\\$)?(.?)");

  boolean passes(List<Expression> arguments, int at) {
    String text = text(arguments.get(at));
    return text != null && passesText(text);
  }

  boolean passesText(String text) {
    return false;
  }

  static ConstantCheck named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The text of a constant that is not NULL, also under casts to texts and a sign; else null. */
  static @Nullable String text(Expression e) {
    if (e instanceof Constant constant) {
      return constant.kind() == Constant.Kind.NULL ? null : constant.value();
    } else if (e instanceof Cast cast && cast.type().modifiers().isEmpty()) {
      return text(cast.operand());
    } else if (e instanceof Operation operation
        && operation.operands().size() == 1
        && operation.operator().symbol().equals("-")) {
      String text = text(operation.operands().get(0));
      return text == null ? null : "-" + text;
    }
    return null;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean number(String text, long least, long most) {
    if (!text.matches("-?\\d{1,10}")) {
      return false;
    }
    long number = Long.parseLong(text);
    return number >= least && number <= most;
  }

  /** Groups that are closed, hold something, and repetitions that cannot explode. */
  private static boolean balanced(String pattern) {
    int depth = 0;
    boolean empty = true; // nothing stands yet that could be repeated or left out
    String plain = pattern.replaceAll("\\\\.", "a").replaceAll("\\[[^\\]]*\\]", "a");
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '(') {
        depth++;
        empty = true;
      } else if (c == ')' || c == '|') {
        depth -= c == ')' ? 1 : 0;
        if (empty || depth < 0) {
          return false;
        }
        empty = c == '|';
      } else {
        empty = false;
      }
    }
    return depth == 0
        && !(empty && !plain.isEmpty())
        && REPEAT.matcher(plain).results().count() <= MOST_REPEATED
        && RANGE.matcher(pattern).results().allMatch(r -> ordered(r.group(1), r.group(2)));
  }

  private static boolean ordered(String from, String to) {
    return from.compareTo(to) <= 0;
  }

  private static boolean formats(String format, int given) {
    int next = 0;
    Matcher directive = DIRECTIVE.matcher(format);
    while (directive.find()) {
      String kind = directive.group(2);
      if (kind.equals("%") && directive.group(1) == null) {
        continue;
      }
      next = directive.group(1) == null ? next + 1 : Integer.parseInt(directive.group(1));
      if (!(kind.equals("s") || kind.equals("L")) || next < 1 || next > given) {
        return false;
      }
    }
    return true;
  }
}
