package io.pgguard.session;

import io.pgguard.mask.LineMasker;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.RowMasker;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One statement on its way through the server. The edge tells it what comes back, in order, and
 * relays only what it returns. Used by one thread at a time.
 */
public interface StatementRun {

  /**
   * What has to be asked about it in the session that runs it; null where nothing has. Always the
   * same one.
   */
  default @Nullable Watch watch() {
    return null;
  }

  /**
   * Whether {@link Watch#CATALOG} is to be asked in its session and transaction when the server has
   * bound it, right before it runs: by then the server holds locks on what it names. The answer is
   * handed to {@link #told} before anything that the statement brings; an edge that cannot ask
   * calls neither.
   */
  default boolean asks() {
    return false;
  }

  /** What the session's own question brought. */
  default void told(Watch.Row answer) {}

  /**
   * Whether nothing runs with it but code that came with the server and leaves what is prepared in
   * the session as it is.
   */
  default boolean leavesPrepared() {
    return false;
  }

  /** Whether some of its rows may have to be withheld after others have come. */
  default boolean bounded() {
    return true;
  }

  /**
   * Whether it was judged as what the server gets.
   *
   * @param sent the whole text that is sent ({@link StatementPlan#sent})
   */
  default boolean isOf(String sent) {
    return true;
  }

  /**
   * The server has run it: whether it may be told so. To be called before {@link #completed}.
   *
   * @return why what it did may not last, and nothing of it may be told; empty where all is well
   */
  default Optional<Refusal> stands() {
    return Optional.empty();
  }

  /**
   * Its own text and where that begins in the text it came in, in characters: it may be sent by
   * itself. Asked only of a text of which some statement is watched.
   */
  default Piece piece() {
    throw new UnsupportedOperationException("this statement is not sent by itself");
  }

  /**
   * A statement of a text.
   *
   * @param text the statement, exactly
   * @param offset how many characters of the text stand before it
   */
  record Piece(String text, int offset) {}

  /**
   * The server described the result. Must be called before any row of it is relayed, and again
   * whenever it is described anew.
   *
   * @return how each of its rows must be rewritten, or a refusal where no mask could make them safe
   */
  Shaped shape(List<ResultColumn> columns);

  /** The outcome of {@link #shape}. */
  sealed interface Shaped {
    /** Relay rows through this. */
    record Rows(RowMasker masker) implements Shaped {}

    /** Relay no row, and end the statement with this. */
    record Withheld(Refusal refusal) implements Shaped {}
  }

  /**
   * A row goes to the client as it stands here: the body of a DataRow message after masking.
   *
   * @return false when the row limit has been reached: relay neither this row nor any that follows,
   *     and end the statement with {@link #overLimit}
   */
  boolean row(byte[] body, int offset, int length);

  /**
   * Why the statement ends early after {@link #row} returned false, or {@link LineMasker#over}
   * true.
   */
  Refusal overLimit();

  /** Whether the policy is still the one that the result was shaped by; asked before each row. */
  default boolean isCurrent() {
    return true;
  }

  /**
   * Judges the statement by the policy and the catalog as they are now: before a portal is
   * executed, also again, and where {@link #isCurrent} says no. What was shaped is to be shaped
   * again then.
   *
   * @return why it may not go on; empty where it may
   */
  default Optional<Refusal> renew() {
    return Optional.empty();
  }

  /**
   * The server opened a COPY to or from the client.
   *
   * @param toClient the direction
   * @param binary whether the whole of it is binary
   * @param columns how many columns it has
   * @return how each line must be rewritten, or a refusal
   */
  CopyShaped copy(boolean toClient, boolean binary, int columns);

  /** The outcome of {@link #copy}. */
  sealed interface CopyShaped {
    /** Relay the data; each whole line of a COPY to the client goes through this first. */
    record Data(LineMasker masker) implements CopyShaped {}

    /** Relay data of the client as it is, each part once this has seen it. */
    record Looked(CopyLook look) implements CopyShaped {}

    /** Relay nothing and end the statement with this. */
    record Withheld(Refusal refusal) implements CopyShaped {}
  }

  /** Looks at data that the client sends. */
  interface CopyLook {
    /**
     * A part of the data, cut anywhere.
     *
     * @return why nothing of the COPY may last; null where it goes on
     */
    @Nullable Refusal data(byte[] data, int offset, int length);

    /** The same at the end of the data. */
    @Nullable Refusal end();
  }

  /** The server sent a notice while the statement ran; what the client may see of it. */
  ServerMessage notice(ServerMessage notice);

  /** The server refused or broke off the statement; what the client may see of it. Ends the run. */
  ServerMessage failed(ServerMessage error);

  /** A portal was suspended: rows so far have been relayed, and more may be fetched. */
  void suspended();

  /**
   * The statement ended.
   *
   * @param commandTag the server's CommandComplete text, or an empty text for an empty query
   * @return the tag that the client may see
   */
  String completed(String commandTag);

  /**
   * The statement will not run, or not to its end: an earlier one in the same batch failed, its
   * portal was closed or replaced before it had ended (rows may have been relayed), its rows were
   * withheld before it began, or the connection went. Ends the run.
   */
  void abandoned(String why);
}
