package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.KeywordCategory;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads names. What a keyword may name depends on its category (PostgreSQL documentation, appendix
 * "SQL Key Words").
 */
final class Names {
  private final Cursor in;

  Names(Cursor in) {
    this.in = in;
  }

  /** Whether the token may name a column, a table and the like. */
  boolean isColumnName(int ahead) {
    return isName(ahead, KeywordCategory.COLUMN_NAME);
  }

  /** Whether the token may name a type or a function. */
  boolean isTypeOrFunctionName(int ahead) {
    return isName(ahead, KeywordCategory.TYPE_FUNCTION_NAME);
  }

  /** Whether the token may stand after AS or a point: any word. */
  boolean isLabel(int ahead) {
    return in.is(ahead, TokenKind.QUOTED_NAME)
        || (in.is(ahead, TokenKind.WORD) && !isJoinedKeyword(ahead));
  }

  /** Whether the token may be an output's label without AS. */
  boolean isBareLabel(int ahead) {
    if (!isLabel(ahead)) {
      return false;
    }
    Keyword keyword = in.keyword(ahead);
    return keyword == null || keyword.bareLabel();
  }

  private boolean isName(int ahead, KeywordCategory besides) {
    if (in.is(ahead, TokenKind.QUOTED_NAME)) {
      return true;
    }
    if (!in.is(ahead, TokenKind.WORD)) {
      return false;
    }
    Keyword keyword = in.keyword(ahead);
    if (keyword == null) {
      return true;
    }
    KeywordCategory category = keyword.category();
    return (category == KeywordCategory.UNRESERVED || category == besides)
        && !isJoinedKeyword(ahead);
  }

  /**
   * PostgreSQL's parser reads some keywords as another token when a certain keyword follows; that
   * token is no name then, whatever the keyword's category says.
   */
  private boolean isJoinedKeyword(int ahead) {
    Keyword keyword = in.keyword(ahead);
    Keyword next = keyword == null ? null : in.keyword(ahead + 1);
    if (keyword == null || next == null) {
      return false;
    }
    return switch (keyword) {
      case FORMAT -> next == Keyword.JSON;
      case NULLS -> next == Keyword.FIRST || next == Keyword.LAST;
      case WITH -> next == Keyword.TIME || next == Keyword.ORDINALITY;
      case WITHOUT -> next == Keyword.TIME;
      case NOT ->
          next == Keyword.BETWEEN
              || next == Keyword.IN
              || next == Keyword.LIKE
              || next == Keyword.ILIKE
              || next == Keyword.SIMILAR;
      default -> false;
    };
  }

  String columnName() {
    if (!isColumnName(0)) {
      throw in.fail("expected a name");
    }
    return in.takeValue();
  }

  String label() {
    if (!isLabel(0)) {
      throw in.fail("expected a name");
    }
    return in.takeValue();
  }

  /** A relation's name, of up to three parts. */
  Name relation() {
    Name name = any();
    if (name.parts().size() > 3) {
      throw in.fail("too many parts in a relation's name");
    }
    return name;
  }

  /** A name of any number of parts that starts like a column's. */
  Name any() {
    int token = in.at();
    String first = columnName();
    if (!in.is('.')) {
      return new Name(token, List.of(first));
    }
    return qualified(token, first);
  }

  /** A function's name. */
  Name function() {
    int token = in.at();
    if (in.is(1, '.')) {
      return qualified(token, columnName());
    }
    if (!isTypeOrFunctionName(0)) {
      throw in.fail("expected a function's name");
    }
    return new Name(token, List.of(in.takeValue()));
  }

  private Name qualified(int token, String first) {
    List<String> parts = new ArrayList<>(3);
    parts.add(first);
    while (in.accept('.')) {
      parts.add(label());
    }
    return new Name(token, parts);
  }

  /** Column names between commas, without parentheses. */
  List<String> list() {
    List<String> names = new ArrayList<>();
    do {
      names.add(columnName());
    } while (in.accept(','));
    return names;
  }

  /** {@code (a, b)}, or nothing. */
  List<String> optionalList() {
    return in.is('(') ? parenthesizedList() : List.of();
  }

  List<String> parenthesizedList() {
    in.expect('(');
    List<String> names = list();
    in.expect(')');
    return names;
  }
}
