package io.pgguard.corpus.opinion;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statements;

/** JSqlParser, bounded. Used by one thread. */
public final class SecondReader implements AutoCloseable {
  /** It reads longer ones too, some of them for minutes. */
  private static final int LONGEST_TEXT = 10_000;

  /** JSqlParser gives a text up after this; a text that it gave up has no opinion. */
  private static final long GIVEN_UP_AFTER_MS = 2_000;

  private static final int DEEPEST = 20;

  private final ExecutorService parsing =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "jsqlparser");
            thread.setDaemon(true);
            return thread;
          });

  /** What it finds in a text of one or more statements; empty where it cannot read the text. */
  public Optional<Opinion> read(String sql) {
    if (sql.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    try {
      Statements statements =
          CCJSqlParserUtil.parseStatements(
              sql,
              parsing,
              parser -> parser.withTimeOut(GIVEN_UP_AFTER_MS).withAllowedNestingDepth(DEEPEST));
      return Optional.of(TreeWalk.of(statements));
    } catch (JSQLParserException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    parsing.shutdownNow();
  }
}
