package io.pgguard.result;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.internal.syntax.tree.Copy;
import io.pgguard.internal.syntax.tree.Option;
import io.pgguard.mask.CopyFormat;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads how a COPY TO STDOUT writes its lines from its options (PostgreSQL documentation, "COPY").
 * Stateless.
 */
final class CopyFormats {
  private static final Set<String> OFF = Set.of("false", "off", "0", "no");

  private static final Set<String> OF_INPUT =
      Set.of(
          "freeze",
          "force_null",
          "force null",
          "force_not_null",
          "force not null",
          "default",
          "on_error",
          "reject_limit",
          "log_verbosity");

  private CopyFormats() {}

  /**
   * The format, or empty where it is none whose lines can be taken apart and put together again.
   */
  static Optional<CopyFormat> of(String text) {
    return copy(text).flatMap(copy -> of(copy.options()));
  }

  /** The same of COPY FROM STDIN, which has options that say nothing of how lines are written. */
  static Optional<CopyFormat> ofInput(String text) {
    return copy(text)
        .flatMap(
            copy -> of(copy.options().stream().filter(o -> !OF_INPUT.contains(o.name())).toList()));
  }

  /** Whether rows are written as JSON objects (PostgreSQL 19), in an encoding that is read here. */
  static boolean isJson(String text) {
    return copy(text).filter(copy -> isJson(copy.options())).isPresent();
  }

  /** The statement; empty where it is none. */
  static Optional<Copy> copy(String text) {
    try {
      Tokens tokens = Lexer.lex(text);
      return SyntaxParser.parse(tokens, 0, tokens.size()) instanceof ParseResult.Parsed parsed
              && parsed.statement() instanceof Copy copy
          ? Optional.of(copy)
          : Optional.empty();
    } catch (LexicalException e) {
      return Optional.empty();
    }
  }

  private static boolean isJson(List<Option> options) {
    boolean json = false;
    for (Option option : options) {
      switch (option.name()) {
        case "format" -> json = value(option).equals("json");
        case "force_array" -> {}
        case "encoding" -> {
          if (!isUtf8(option)) {
            return false;
          }
        }
        default -> {
          return false;
        }
      }
    }
    return json;
  }

  private static boolean isUtf8(Option encoding) {
    return value(encoding).equals("utf8") || value(encoding).equals("utf-8");
  }

  private static Optional<CopyFormat> of(List<Option> options) {
    boolean csv =
        options.stream().anyMatch(o -> o.name().equals("format") && value(o).equals("csv"));
    CopyFormat format = csv ? CopyFormat.commaSeparated() : CopyFormat.text();
    boolean escapeGiven = false;
    for (Option option : options) {
      String value = value(option);
      switch (option.name()) {
        case "format" -> {
          if (!value.equals("csv") && !value.equals("text")) {
            return Optional.empty();
          }
        }
        case "header" ->
            format =
                with(
                    format,
                    format.delimiter(),
                    format.nullText(),
                    format.quote(),
                    format.escape(),
                    !OFF.contains(value));
        case "null" ->
            format =
                with(
                    format,
                    format.delimiter(),
                    raw(option),
                    format.quote(),
                    format.escape(),
                    format.header());
        case "force_quote", "force quote" -> {}
        case "encoding" -> {
          if (!isUtf8(option)) {
            return Optional.empty();
          }
        }
        case "delimiter", "quote", "escape" -> {
          if (raw(option).length() != 1 || raw(option).charAt(0) > 0x7e) {
            return Optional.empty();
          }
          escapeGiven |= option.name().equals("escape");
          format = withCharacter(format, option.name(), raw(option).charAt(0), escapeGiven);
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(format);
  }

  /** Where ESCAPE is not given it is the QUOTE character. */
  private static CopyFormat withCharacter(
      CopyFormat format, String name, char character, boolean escapeGiven) {
    return switch (name) {
      case "delimiter" ->
          with(
              format,
              character,
              format.nullText(),
              format.quote(),
              format.escape(),
              format.header());
      case "quote" ->
          with(
              format,
              format.delimiter(),
              format.nullText(),
              character,
              escapeGiven ? format.escape() : character,
              format.header());
      default ->
          with(
              format,
              format.delimiter(),
              format.nullText(),
              format.quote(),
              character,
              format.header());
    };
  }

  private static CopyFormat with(
      CopyFormat format, char delimiter, String nullText, char quote, char escape, boolean header) {
    return new CopyFormat(format.csv(), delimiter, nullText, quote, escape, header);
  }

  private static String raw(Option option) {
    return option.values().isEmpty() ? "" : option.values().get(0);
  }

  private static String value(Option option) {
    return raw(option).toLowerCase(Locale.ROOT);
  }
}
