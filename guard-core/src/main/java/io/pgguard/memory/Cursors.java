package io.pgguard.memory;

import io.pgguard.internal.names.Names;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Lineage;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cursors that a session has declared by SQL. Used by the session's thread. */
final class Cursors {
  private Names<StatementAnalysis> declared = Names.none();
  private Names<Lineage> lineage = Names.none();

  /** Those that the transaction's end closes. */
  private final Set<String> closing = new HashSet<>();

  /** Those that the transaction has declared: their rows are not worked out yet. */
  private final Set<String> working = new HashSet<>();

  void declared(String name, StatementAnalysis analysis, boolean holds) {
    declared = declared.with(name, analysis);
    lineage = lineage.with(name, analysis.lineage());
    working.add(name);
    if (holds) {
      closing.remove(name);
    } else {
      closing.add(name);
    }
  }

  /**
   * One is known no more.
   *
   * @param name null for all
   */
  void closed(@Nullable String name) {
    declared = name == null ? Names.none() : declared.without(name);
    lineage = name == null ? Names.none() : lineage.without(name);
  }

  /**
   * What names stand for was changed by the transaction itself. Functions are looked up as rows are
   * fetched, so of cursors that call any it is not known any more what comes.
   *
   * @return whether there was one
   */
  boolean forgetOverCode() {
    boolean any = false;
    for (String name : working) {
      StatementAnalysis one = declared.get(name);
      if (one != null && !one.reach().systemOnly()) {
        closed(name);
        any = true;
      }
    }
    return any;
  }

  /**
   * The transaction ended.
   *
   * @return whether it closed any
   */
  boolean transactionEnded() {
    closing.forEach(this::closed);
    boolean any = !closing.isEmpty();
    closing.clear();
    working.clear();
    return any;
  }

  /** What the statement that declared it was judged to be; null for others. */
  @Nullable StatementAnalysis declaredAs(String name) {
    return declared.get(name);
  }

  /** Their columns by name; the same object until one comes or goes. */
  Names<Lineage> lineage() {
    return lineage;
  }
}
