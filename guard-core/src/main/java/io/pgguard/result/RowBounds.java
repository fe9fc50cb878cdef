package io.pgguard.result;

import io.pgguard.mask.RowGate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the policy bounds of the rows that a statement brings, whichever way they leave: how many,
 * and how long a value of them may be as it goes out. Used by one thread, for one statement.
 */
public final class RowBounds implements RowGate {
  private final List<RowAllowance> allowances;
  private final long valueBytes;
  private @Nullable Over over;

  /** Which bound ended the rows. */
  public sealed interface Over {
    /** More rows than these. */
    record Rows(long most) implements Over {}

    /** A value of more bytes than these. */
    record Value(long most) implements Over {}
  }

  /**
   * @param allowances each of which takes every row
   * @param valueBytes how long a value may be
   */
  public RowBounds(List<RowAllowance> allowances, long valueBytes) {
    this.allowances = List.copyOf(allowances);
    this.valueBytes = valueBytes;
  }

  /** Whether anything is bounded. */
  public boolean isBounded() {
    return !allowances.isEmpty() || valueBytes < Long.MAX_VALUE;
  }

  /** Which bound was passed; null while none was. */
  public @Nullable Over over() {
    return over;
  }

  @Override
  public long valueBytes() {
    return valueBytes;
  }

  /**
   * A row is about to go out.
   *
   * @param body of a DataRow message, well formed
   * @return false where neither it nor any row behind it may
   */
  public boolean row(byte[] body, int offset, int length) {
    return row(length > valueBytes && longest(body, offset, length) > valueBytes);
  }

  @Override
  public boolean row(boolean tooLong) {
    if (over != null) {
      return false;
    }
    for (int i = 0; i < allowances.size(); i++) {
      if (allowances.get(i).isUsedUp()) {
        over = new Over.Rows(allowances.get(i).most());
        return false;
      }
    }
    if (tooLong) {
      over = new Over.Value(valueBytes);
      return false;
    }
    for (int i = 0; i < allowances.size(); i++) {
      allowances.get(i).take();
    }
    return true;
  }

  /** The length of the longest value; of a row that is not well formed no less. */
  private static long longest(byte[] body, int offset, int length) {
    int end = offset + length;
    long longest = 0;
    for (int at = offset + 2; at < end; ) {
      if (end - at < 4) {
        return Long.MAX_VALUE;
      }
      int size =
          (body[at] & 0xff) << 24
              | (body[at + 1] & 0xff) << 16
              | (body[at + 2] & 0xff) << 8
              | body[at + 3] & 0xff;
      at += 4;
      if (size < -1 || size > end - at) {
        return Long.MAX_VALUE;
      }
      at += Math.max(0, size);
      longest = Math.max(longest, size);
    }
    return longest;
  }
}
