package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.session.Expected.QuestionReply;
import io.pgguard.session.Watch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows that answer one question again and again: while nothing is committed they are the
 * same to the byte. Not thread-safe.
 */
final class SameRow {
  /** A longer row is not kept: with a session at rest only little may stay. */
  private static final int LONGEST = 256;

  private static final byte[] NONE = new byte[0];

  private byte[] body = NONE;
  private Watch.@Nullable Row row;

  /** The row in the body of a DataRow. */
  Watch.Row read(MessageReader in, byte[] bytes, int offset, int length) {
    Watch.Row known = row;
    if (known != null && Arrays.equals(body, 0, body.length, bytes, offset, offset + length)) {
      return known;
    }
    Watch.Row read = QuestionReply.row(DataRow.decode(in.over("DataRow", bytes, offset, length)));
    row = length > LONGEST ? null : read;
    body = length > LONGEST ? NONE : Arrays.copyOfRange(bytes, offset, offset + length);
    return read;
  }
}
