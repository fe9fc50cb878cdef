package io.pgguard.memory;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.reach.Reach;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose code a statement makes the server run that may open a cursor. Stateless. */
public enum CursorOpeners {
  /** Nobody's. */
  NONE,
  /** That of functions which the policy allows. */
  ALLOWED,
  /** Code that nobody vouches for. */
  OTHERS;

  /** Words of a body that opens cursors, or runs text that may. */
  private static final Set<String> WORDS = Set.of("open", "execute", "declare", "call", "do");

  /**
   * Of a statement.
   *
   * @param analysis what runs: of EXECUTE and FETCH, what was prepared or declared
   */
  public static CursorOpeners of(StatementAnalysis analysis) {
    StatementKind kind = analysis.facts().kind();
    if (kind == StatementKind.DO || kind == StatementKind.UNKNOWN) {
      return OTHERS;
    }
    Reach reach = analysis.reach();
    if (reach.systemOnly()) {
      return NONE;
    }
    Protections protections = analysis.protections();
    Set<Integer> functions = new HashSet<>(reach.functions());
    functions.addAll(protections.reaches().followed(reach).functions());
    CursorOpeners found = reach.open() ? OTHERS : NONE;
    for (int oid : functions) {
      CursorOpeners one = of(oid, protections);
      found = one.compareTo(found) > 0 ? one : found;
    }
    return found;
  }

  private static CursorOpeners of(int oid, Protections protections) {
    if (Function.builtIn(oid)) {
      return NONE;
    }
    Catalog catalog = protections.catalog();
    Function function = catalog.function(oid).orElse(null);
    if (function == null) {
      return OTHERS;
    } else if (protections.vouches(function)) {
      return ALLOWED;
    }
    return function.kind() == Function.Kind.AGGREGATE || !opens(function) ? NONE : OTHERS;
  }

  private static boolean opens(Function function) {
    if (function.extension() != null && function.language().equals("c")) {
      return false;
    }
    boolean read = function.language().equals("sql") || function.language().equals("plpgsql");
    return !read || opens(function.source(), function.language().equals("sql"));
  }

  private static boolean opens(@Nullable String source, boolean sql) {
    if (source == null) {
      return true;
    }
    try {
      Tokens tokens = Lexer.lex(source);
      for (int i = 0; i < tokens.size(); i++) {
        boolean block = !sql && tokens.is(i, Keyword.DECLARE); // the head of a block
        if (!block && tokens.is(i, TokenKind.WORD) && WORDS.contains(tokens.value(i))) {
          return true;
        }
      }
      return false;
    } catch (LexicalException e) {
      return true;
    }
  }
}
