package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.statement.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Parses PostgreSQL 19's queries and data changes, and the statements that carry them, as
 * PostgreSQL's own grammar reads them. It may refuse a text that PostgreSQL accepts; it never reads
 * one differently. Time and memory are linear in the number of tokens; the depth of nesting is
 * bounded. Thread-safe.
 */
public final class SyntaxParser {
  /** The deepest tree that is handed out, in nodes from the statement down. */
  public static final int MAX_TREE_DEPTH = 1_000;

  private SyntaxParser() {}

  /**
   * Parses one statement.
   *
   * @param tokens the tokens of the text
   * @param from index of the statement's first token
   * @param to index after its last token; a semicolon is not part of it
   * @return a tree only if every token was accounted for
   */
  public static ParseResult parse(Tokens tokens, int from, int to) {
    Cursor cursor = new Cursor(tokens, from, to);
    try {
      Statement statement = new Grammar(cursor).statements.any();
      if (!cursor.atEnd()) {
        throw cursor.fail("expected the end of the statement");
      }
      if (tooDeep(cursor, List.of(statement))) {
        return new ParseResult.NotParsed("nested too deep", from);
      }
      return new ParseResult.Parsed(statement);
    } catch (SyntaxFailure failure) {
      return new ParseResult.NotParsed(failure.reason(), failure.token());
    } catch (StackOverflowError small) { // a caller with hardly any stack left; nothing is shared
      return new ParseResult.NotParsed("nested too deep for this thread's stack", from);
    }
  }

  /** Parses a whole text that holds one statement. */
  public static ParseResult parse(Tokens tokens) {
    return parse(tokens, 0, tokens.size());
  }

  /**
   * Parses the body of a SQL function: statements between semicolons, {@code BEGIN ATOMIC ... END},
   * or {@code RETURN expression}.
   *
   * @return the statements in order; empty when the text is not wholly understood
   */
  public static Optional<List<Statement>> parseAll(Tokens tokens) {
    Cursor cursor = new Cursor(tokens, 0, tokens.size());
    try {
      List<Statement> statements = new Grammar(cursor).statements.list();
      return tooDeep(cursor, statements) ? Optional.empty() : Optional.of(statements);
    } catch (SyntaxFailure failure) {
      return Optional.empty();
    } catch (StackOverflowError small) {
      return Optional.empty();
    }
  }

  /**
   * Open rules are counted while parsing; nodes that were put around finished ones, as in {@code a
   * - b + c - d}, deepen the tree without that. Only where many were is the tree measured.
   */
  private static boolean tooDeep(Cursor cursor, List<Statement> statements) {
    if (cursor.treeDepthBound() <= MAX_TREE_DEPTH) {
      return false;
    }
    Deque<List<Node>> path = new ArrayDeque<>();
    path.push(new ArrayList<>(statements));
    while (!path.isEmpty()) {
      List<Node> siblings = path.element();
      if (siblings.isEmpty()) {
        path.pop();
        continue;
      }
      Node next = siblings.remove(siblings.size() - 1);
      List<Node> children = new ArrayList<>();
      next.children(children::add);
      if (!children.isEmpty()) {
        path.push(children);
        if (path.size() > MAX_TREE_DEPTH) {
          return true;
        }
      }
    }
    return false;
  }
}
