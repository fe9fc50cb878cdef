package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, within a session's own open transaction, what that has changed in the catalog, which
 * no other connection sees before it is committed. The session asks {@link #questions} and hands
 * back what came, until there are none left. What is asked first depends on nothing, later
 * questions on the answers to earlier ones; so each time everything is worked out again from all
 * answers, and nothing waits. Used by the session's thread.
 *
 * <p>The questions hold where names are looked for in pg_catalog alone: {@link #BEGIN} goes before
 * them and {@link #END} behind them, so that nothing of it outlives a round.
 */
public final class CatalogLook {
  /** Goes before each round. */
  public static final List<String> BEGIN =
      List.of(
          "SAVEPOINT guard_look",
          "SELECT pg_catalog.set_config('search_path', '', true),"
              + " pg_catalog.set_config('quote_all_identifiers', 'off', true),"
              + " pg_catalog.set_config('standard_conforming_strings', 'on', true),"
              + " pg_catalog.set_config('lock_timeout', '1s', true),"
              + " pg_catalog.set_config('statement_timeout', '60s', true)");

  /** Goes behind each round. */
  public static final List<String> END =
      List.of("ROLLBACK TO SAVEPOINT guard_look", "RELEASE SAVEPOINT guard_look");

  private final CatalogReading before;
  private final List<Round> rounds = new ArrayList<>();
  private List<CatalogQuestion> next = List.of();
  private @Nullable Catalog seen;

  /** What was asked at once, and the rows that came for each. */
  private record Round(List<String> asked, List<List<CatalogRow>> rows) {}

  CatalogLook(CatalogReading before) {
    this.before = before;
    workOut();
  }

  /** What to ask next; empty where all is known, or cannot be known. */
  public List<String> questions() {
    return next.stream().map(CatalogQuestion::written).toList();
  }

  /**
   * The answers to {@link #questions}.
   *
   * @param rows the rows that came for each
   */
  public void answered(List<List<CatalogRow>> rows) {
    rounds.add(new Round(questions(), List.copyOf(rows)));
    workOut();
  }

  /** The snapshot that it began with. */
  public Catalog base() {
    return before.catalog();
  }

  /** The catalog as the transaction sees it; null while it is not known, or cannot be. */
  public @Nullable Catalog seen() {
    return seen;
  }

  private void workOut() {
    next = List.of();
    try (Replay queries = new Replay()) {
      CatalogChanges changes = new CatalogChanges();
      queries.ask(List.of(changes.question(before.horizon())));
      changes.findGone(before.rows(), queries);
      CatalogUpdate update = CatalogUpdate.of(before, changes, queries);
      Catalog read = update == null ? null : update.read().catalog();
      seen = read != null && read.complete() ? read : null;
    } catch (Unanswered e) {
      next = e.questions;
    }
  }

  /** Gives the answers that came, in the order in which they were asked for. */
  private final class Replay implements CatalogQueries {
    private int at;

    @Override
    public void forEachRow(String sql, Consumer<CatalogRow> row) {
      ask(List.of(CatalogQuestion.of(sql, row)));
    }

    @Override
    public void ask(List<CatalogQuestion> questions) {
      if (questions.isEmpty()) {
        return;
      }
      if (at == rounds.size()) {
        throw new Unanswered(questions);
      }
      Round round = rounds.get(at++);
      if (!round.asked().equals(questions.stream().map(CatalogQuestion::written).toList())) {
        throw new CatalogUnavailableException("the same answers led to another question");
      }
      for (int i = 0; i < questions.size(); i++) {
        round.rows().get(i).forEach(questions.get(i).rows());
      }
    }
  }

  /** These have to be asked first. */
  private static final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<CatalogQuestion> questions;

    Unanswered(List<CatalogQuestion> questions) {
      super("not asked yet", null, false, false);
      this.questions = List.copyOf(questions);
    }
  }
}
