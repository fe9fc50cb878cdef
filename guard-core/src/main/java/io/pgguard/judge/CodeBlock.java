package io.pgguard.judge;

import io.pgguard.policy.Verdict;
import io.pgguard.reach.Reach;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.FindingWording;
import org.jspecify.annotations.Nullable;

/**
 * The code of a DO statement.
 *
 * @param body its words; null where they cannot be read
 * @param unread why they cannot be read; null where they can
 */
record CodeBlock(@Nullable Tokens body, @Nullable Verdict unread) {
  static CodeBlock of(StatementFacts facts, Tokens tokens) {
    @Nullable String body = null;
    for (int i = facts.from() + 1; i < facts.to(); i++) {
      if (tokens.is(i, TokenKind.STRING) && !tokens.is(i - 1, Keyword.LANGUAGE)) {
        body = tokens.value(i);
      } else if (tokens.is(i, Keyword.LANGUAGE)
          && i + 1 < facts.to()
          && !tokens.value(i + 1).equalsIgnoreCase("plpgsql")) {
        return unread(FindingWording.BLOCK_IN_OTHER_LANGUAGE, tokens.value(i + 1));
      }
    }
    if (body == null) {
      return unread(FindingWording.BLOCK_NOT_FOUND);
    }
    try {
      return new CodeBlock(Lexer.lex(body), null);
    } catch (LexicalException e) {
      return unread(FindingWording.BLOCK_UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  private static CodeBlock unread(FindingWording wording, Object... values) {
    return new CodeBlock(null, Findings.verdict(wording, values));
  }

  /** What it reads and changes, found by its words; open where that is not all. */
  Reach reach(Perspective perspective) {
    return body == null ? Reach.OPEN : perspective.protections().reaches().ofBlock(body);
  }
}
