package io.pgguard.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a segment file line by line, with places, in bounded memory. Not thread-safe. */
final class SegmentLines implements AutoCloseable {
  private static final int FIRST_BUFFER = 64 * 1024;
  private static final int LONGEST = 1 << 30;

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int filled;
  private int start;
  private int end;
  private int next;
  private long bufferOffset;
  private long line;
  private boolean terminated;
  private boolean exhausted;

  SegmentLines(Path file) throws IOException {
    in = Files.newInputStream(file);
  }

  /** Goes to the next line; false when there is none. */
  boolean next() throws IOException {
    start = next;
    int scan = start;
    while (true) {
      for (int i = scan; i < filled; i++) {
        if (buffer[i] == '\n') {
          return found(i, i + 1, true);
        }
      }
      int scanned = filled - start;
      if (exhausted || !fill()) {
        return filled > start && found(filled, filled, false);
      }
      scan = start + scanned;
    }
  }

  private boolean found(int lineEnd, int after, boolean withNewline) {
    end = lineEnd;
    next = after;
    terminated = withNewline;
    line++;
    return true;
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      bufferOffset += start;
      filled -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      if (buffer.length >= LONGEST) {
        throw new IOException("line " + (line + 1) + " is longer than 1 GiB");
      }
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    exhausted = read < 0;
    filled += Math.max(read, 0);
    return !exhausted;
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  /** Where the line ends, its newline left out. */
  int end() {
    return end;
  }

  /** Where the line begins, in bytes from the file's beginning. */
  long offset() {
    return bufferOffset + start;
  }

  /** Where the next line begins, in bytes from the file's beginning. */
  long nextOffset() {
    return bufferOffset + next;
  }

  /** The line's number in its file, from 1. */
  long line() {
    return line;
  }

  /** Whether the line ends with a newline, as every whole one does. */
  boolean terminated() {
    return terminated;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
