package io.pgguard.reach;

import io.pgguard.catalog.AttachedCode;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Refers;
import io.pgguard.catalog.Relation;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.ReachWording;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which code of a database reads a setting, so that whoever sets it would change what row policies
 * show, what views hold and what functions do. Stored code tells by its tree, bodies by their
 * words; where a body works a name out, or cannot be read, it may read any. Stateless.
 */
final class ReadSettings {
  private static final String READS = "current_setting";

  /** Words of a body that reads settings by other ways than {@code current_setting}. */
  private static final Set<String> SHOWS = Set.of("pg_settings", "pg_show_all_settings", "show");

  private ReadSettings() {}

  /** What reads a setting of an application's own, or may do so; empty where nothing does. */
  static Optional<String> custom(String setting, Catalog catalog) {
    Optional<String> pieces = byPieces(setting, catalog, false);
    if (pieces.isPresent()) {
      return pieces;
    }
    for (Function function : catalog.functions()) {
      String source = function.source();
      if (function.builtIn()) {
        continue;
      }
      if (source != null && source.toLowerCase(Locale.ROOT).contains(setting)) {
        return Optional.of(ReachWording.SETTING_READ.words(function.signature(), setting));
      }
      if (source == null || readsAny(function, source, setting)) {
        return Optional.of(ReachWording.SETTING_MAY_BE_READ.words(function.signature(), setting));
      }
    }
    return Optional.empty();
  }

  /** What row policy reads a setting; which one, whether PostgreSQL's own or not. */
  static Optional<String> byPolicies(String setting, Catalog catalog) {
    return byPieces(setting, catalog, true);
  }

  /**
   * @param policies whether row policies alone count, and those that name the setting
   */
  private static Optional<String> byPieces(String setting, Catalog catalog, boolean policies) {
    for (Relation relation : catalog.relations()) {
      if (Function.builtIn(relation.oid())) {
        continue;
      }
      for (AttachedCode piece : catalog.code().ofRelation(relation.oid())) {
        Refers refers = piece.refers();
        if (policies && piece.part() != AttachedCode.Part.POLICY) {
          continue;
        }
        String where = RelationCode.words(relation, piece);
        if (refers.settings().contains(setting)) {
          return Optional.of(ReachWording.SETTING_READ.words(where, setting));
        }
        if (!policies && (refers.settings().contains(Refers.ANY) || shows(refers, catalog))) {
          return Optional.of(ReachWording.SETTING_MAY_BE_READ.words(where, setting));
        }
      }
      if (!policies && relation.dependsOn().stream().anyMatch(oid -> isSettings(oid, catalog))) {
        return Optional.of(
            ReachWording.SETTING_MAY_BE_READ.words(relation.qualifiedName(), setting));
      }
    }
    return Optional.empty();
  }

  private static boolean shows(Refers refers, Catalog catalog) {
    return refers.relations().stream().anyMatch(oid -> isSettings(oid, catalog))
        || refers.functions().stream()
            .anyMatch(
                oid ->
                    Function.builtIn(oid)
                        && catalog.function(oid).filter(f -> SHOWS.contains(f.name())).isPresent());
  }

  private static boolean isSettings(int oid, Catalog catalog) {
    return Function.builtIn(oid)
        && catalog.relation(oid).filter(r -> SHOWS.contains(r.name())).isPresent();
  }

  /** Whether a body may read a setting whose name does not stand in it. */
  private static boolean readsAny(Function function, String source, String setting) {
    if (function.language().equals("c") || function.language().equals("internal")) {
      // its code is not here; what an extension reads, it names settings of its own for
      return function.extension() == null && function.volatility() != Function.Volatility.IMMUTABLE;
    }
    String words = source.toLowerCase(Locale.ROOT);
    boolean mentions = words.contains(READS) || SHOWS.stream().anyMatch(words::contains);
    if (!Reaches.readable(function)) {
      return mentions;
    }
    try {
      return mentions && readsAny(Lexer.lex(source), setting)
          || words.contains("\\") && words.contains("setting"); // an escape may spell any name
    } catch (LexicalException e) {
      return true;
    }
  }

  private static boolean readsAny(Tokens tokens, String setting) {
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.kind(i);
      if (kind == TokenKind.STRING) {
        String text = tokens.value(i).toLowerCase(Locale.ROOT);
        if (text.equals(setting) || text.contains(READS) || text.contains("pg_settings")) {
          return true; // a text that is run may read what its pieces name
        }
      } else if (kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME) {
        String name = tokens.value(i);
        if (name.equals(READS) ? !isConstant(tokens, i + 1) : SHOWS.contains(name)) {
          return true;
        }
      }
    }
    return false;
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
