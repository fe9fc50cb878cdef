package io.pgguard.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A segment that is being written: a write is whole or leaves nothing. Writes by one thread at a
 * time; {@link #force} by any.
 *
 * <p>Not a FileChannel: that is closed under all its users when the thread in it is interrupted,
 * and an agent's threads are interrupted at will.
 */
final class SegmentFile implements AutoCloseable {
  private final RandomAccessFile file;
  private final Path path;
  private volatile long size;
  private boolean cleanEnd = true;

  /** Opens a file for writing at an offset; what stands after it goes. */
  SegmentFile(Path path, long end) throws IOException {
    this.path = path;
    file = new RandomAccessFile(path.toFile(), "rw");
    size = end;
    cutBack();
  }

  /** Writes bytes at the end, or throws and leaves the end where it was. */
  void write(byte[] bytes, int from, int length) throws IOException {
    if (!cleanEnd) {
      cutBack();
    }
    cleanEnd = false;
    try {
      file.write(bytes, from, length);
    } catch (IOException e) {
      try {
        cutBack();
      } catch (IOException second) {
        e.addSuppressed(second); // the next write tries to cut again before it writes
      }
      throw e;
    }
    size += length;
    cleanEnd = true;
  }

  private void cutBack() throws IOException {
    file.setLength(size);
    file.seek(size);
    cleanEnd = true;
  }

  /** Makes what was written durable. */
  void force() throws IOException {
    file.getFD().sync();
  }

  long size() {
    return size;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
