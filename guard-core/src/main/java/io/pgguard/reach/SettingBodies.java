package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.ReachWording;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which functions read a setting, by the words of their bodies. What a body runs as text counts
 * where a piece of it could stand in a call that reads one; a text that comes from elsewhere whole,
 * from a table or an argument, is not known here. Stateless.
 */
final class SettingBodies {
  private SettingBodies() {}

  /** Whether a function reads a setting, or may do so; in words. */
  static Optional<String> reads(Function function, String setting, Catalog catalog) {
    String source = function.source();
    if (function.builtIn()) {
      return Optional.empty();
    }
    if (source != null && source.toLowerCase(Locale.ROOT).contains(setting)) {
      return Optional.of(ReachWording.SETTING_READ.words(function.signature(), setting));
    }
    boolean byDefault =
        function.inputs().defaults() > 0
            && ReadSettings.reads(catalog.code().ofFunction(function.oid()).functions(), catalog);
    return source == null || byDefault || readsAny(function, source, setting)
        ? Optional.of(ReachWording.SETTING_MAY_BE_READ.words(function.signature(), setting))
        : Optional.empty();
  }

  /** Which of these functions, or of those that they may call, names a setting; in words. */
  static Optional<String> called(Collection<Integer> functions, String setting, Catalog catalog) {
    Deque<Integer> open = new ArrayDeque<>(functions);
    Set<Integer> seen = new HashSet<>();
    while (!open.isEmpty()) {
      int oid = open.remove();
      Function function =
          Function.builtIn(oid) || !seen.add(oid) ? null : catalog.function(oid).orElse(null);
      String source = function == null ? null : function.source();
      if (function == null || source == null || function.extension() != null) {
        continue;
      }
      if (source.toLowerCase(Locale.ROOT).contains(setting)) {
        return Optional.of(ReachWording.SETTING_READ.words(function.signature(), setting));
      }
      BodyReading body = BodyReading.of(source);
      if (body != null) {
        body.names().forEach(n -> catalog.functionsNamed(n).forEach(f -> open.add(f.oid())));
      }
    }
    return Optional.empty();
  }

  /** Whether a body may read a setting whose name does not stand in it. */
  private static boolean readsAny(Function function, String source, String setting) {
    if (function.language().equals("c") || function.language().equals("internal")) {
      // its code is not here; what an extension reads, it names settings of its own for
      return function.extension() == null && function.volatility() != Function.Volatility.IMMUTABLE;
    }
    String words = source.toLowerCase(Locale.ROOT);
    boolean mentions = isPiece(words);
    if (!Reaches.readable(function)) {
      return mentions;
    }
    try {
      return mentions && readsAny(Lexer.lex(source), setting);
    } catch (LexicalException e) {
      return true;
    }
  }

  /** Whether a text could be a part of one that reads settings; an escape may spell any word. */
  private static boolean isPiece(String text) {
    return text.contains("setting")
        || text.contains("show")
        || text.contains("\\")
        || text.contains("u&");
  }

  private static boolean readsAny(Tokens tokens, String setting) {
    boolean runsText = runsText(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.kind(i);
      if (kind == TokenKind.STRING) {
        String text = tokens.value(i).toLowerCase(Locale.ROOT);
        if (text.equals(setting)
            || text.contains(ReadSettings.READS)
            || text.contains("pg_settings")
            || runsText && isPiece(text)) {
          return true; // a text that is run may read what its pieces name
        }
      } else if (kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME) {
        String name = tokens.value(i);
        if (name.equals(ReadSettings.READS) ? !isConstant(tokens, i + 1) : shows(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a word of a body shows settings by other ways than {@code current_setting}. */
  private static boolean shows(String name) {
    return name.equals("show") || ReadSettings.SHOWS.contains(name);
  }

  private static boolean runsText(Tokens tokens) {
    BodyReading body = BodyReading.of(tokens);
    return body.mentions(BodyWords.TEXT)
        || body.names().stream().anyMatch(RefusedFunctions::runsText);
  }

  /** Whether a call has a constant as its first argument. */
  private static boolean isConstant(Tokens tokens, int open) {
    return open + 2 < tokens.size()
        && tokens.is(open, '(')
        && tokens.is(open + 1, TokenKind.STRING)
        && (tokens.is(open + 2, ',')
            || tokens.is(open + 2, ')')
            || tokens.is(open + 2, TokenKind.TYPECAST));
  }
}
