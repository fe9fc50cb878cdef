package io.pgguard.plan;

import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.List;
import java.util.Random;

/** Writes a text anew with other literals in it, dangerous ones among them. */
final class LiteralVariants {
  private static final List<String> STRINGS =
      List.of(
          "'x'",
          "''",
          "'%'",
          "'%%'",
          "'.*'",
          "'^'",
          "'a'",
          "'search_path'",
          "'application_name'",
          "'work_mem'",
          "'customers'",
          "'pg_authid'",
          "'ssn'",
          "'public, pg_catalog'",
          "'day'",
          "'1'",
          "'UTC'",
          "'2024-02-03'",
          "'a''b'",
          "E'\\x41'",
          "U&'\\0061'",
          "$$customers$$",
          "$t$select ssn from customers$t$",
          "N'x'",
          "'select ssn from customers'",
          "'{1,2}'",
          "'on'",
          "'123456789'");
  private static final List<String> INTEGERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "4",
          "5",
          "7",
          "24",
          "53",
          "100",
          "2000",
          "2147483647",
          "0x1F",
          "1_000",
          "0b1");
  private static final List<String> NUMERICS =
      List.of(
          "0.0",
          "1.5",
          "1e3",
          ".5",
          "3.",
          "99999999999",
          "1E-10",
          "123456789012345678901234567890");
  private static final List<String> BITS = List.of("B'0'", "B'1010'", "X'1F'", "X''");

  private final Random random;

  LiteralVariants(Random random) {
    this.random = random;
  }

  /** The text with each literal replaced by one of its kind, or of another kind now and then. */
  String of(String text) throws LexicalException {
    Tokens tokens = Lexer.lex(text);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      List<String> pool = pool(tokens.kind(i));
      if (pool.isEmpty() || random.nextInt(3) == 0) {
        continue;
      }
      if (random.nextInt(40) == 0) {
        pool = random.nextBoolean() ? STRINGS : INTEGERS;
      }
      // Mostly without a space: the literal may then grow together with what stands beside it.
      String space = random.nextInt(4) == 0 ? " " : "";
      out.append(text, copied, tokens.start(i)).append(space);
      out.append(pool.get(random.nextInt(pool.size()))).append(space);
      copied = tokens.end(i);
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static List<String> pool(TokenKind kind) {
    return switch (kind) {
      case STRING -> STRINGS;
      case INTEGER -> INTEGERS;
      case NUMERIC -> NUMERICS;
      case BIT_STRING -> BITS;
      default -> List.of();
    };
  }
}
