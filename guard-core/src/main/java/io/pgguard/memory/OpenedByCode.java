package io.pgguard.memory;

import io.pgguard.lineage.CodeCursors;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may have opened cursors in the transaction beside texts that declare them. Cursors of code
 * end with it, as the portals of the protocol do. Used by the session's thread.
 */
final class OpenedByCode {
  /** Of a client that makes more portals in one transaction no cursor of code is known. */
  private static final int MOST_PORTALS = 1_000;

  private final Set<String> portals = new HashSet<>();
  private CursorOpeners openers = CursorOpeners.NONE;

  /**
   * A statement ran.
   *
   * @return whether that changes what is known of cursors
   */
  boolean ran(CursorOpeners code) {
    if (code.compareTo(openers) <= 0) {
      return false;
    }
    openers = code;
    return true;
  }

  /**
   * The client made a portal of that name.
   *
   * @return whether that changes what is known of cursors
   */
  boolean madeByClient(String name) {
    if (name.isEmpty() || openers == CursorOpeners.OTHERS) {
      return false;
    }
    if (portals.size() >= MOST_PORTALS) {
      openers = CursorOpeners.OTHERS;
      portals.clear();
      return true;
    }
    return portals.add(name) && openers == CursorOpeners.ALLOWED;
  }

  /**
   * The transaction ended.
   *
   * @return whether that changes what is known of cursors
   */
  boolean transactionEnded() {
    boolean any = openers != CursorOpeners.NONE;
    openers = CursorOpeners.NONE;
    portals.clear();
    return any;
  }

  /** What functions that the policy allows may have opened; null where it may be others' too. */
  @Nullable CodeCursors cursors() {
    return openers == CursorOpeners.ALLOWED ? new CodeCursors(portals) : null;
  }
}
