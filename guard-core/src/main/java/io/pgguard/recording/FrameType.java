package io.pgguard.recording;

/** The kinds of frames in a recording, by the byte that each begins with (docs/audit.md). */
final class FrameType {
  static final byte OPENED = 'O';
  static final byte STATEMENT = 'S';
  static final byte COLUMNS = 'C';
  static final byte ROW = 'R';
  static final byte DATA = 'D';
  static final byte RECEIVED = 'F';
  static final byte NOTICE = 'N';
  static final byte ERROR = 'E';
  static final byte NOTIFICATION = 'A';
  static final byte CUT = 'Z';
  static final byte COMPLETED = 'T';
  static final byte ABANDONED = 'X';
  static final byte CLOSED = 'Q';

  /** Type, payload length (32 bits), statement number (32 bits). */
  static final int HEADER = 9;

  private FrameType() {}

  /** Whether a statement's digest covers such a frame. */
  static boolean isCovered(byte type, long statement) {
    return statement > 0
        && switch (type) {
          case COLUMNS, ROW, DATA, RECEIVED, NOTICE, ERROR -> true;
          default -> false;
        };
  }
}
