package io.pgguard.recording;

import io.pgguard.audit.AuditUnavailableException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is being written: frames go into a buffer, full buffers go to the operating
 * system as blocks of length, CRC-32C and bytes. The digests run over the buffer, a stretch of
 * frames at a time, so that a row costs one copy. Not thread-safe.
 */
final class RecordingFile {
  static final byte[] MAGIC = {'G', 'U', 'A', 'R', 'D', 'R', 'E', 'C', '1', '\n'};
  static final int BLOCK_HEADER = 8;
  private static final int FIRST = 4 * 1024;
  private static final int LARGEST = 64 * 1024;

  private final Path path;
  private final RandomAccessFile file;
  private final CRC32C crc = new CRC32C();
  private final byte[] head = new byte[FrameType.HEADER];
  private byte[] buffer = new byte[FIRST];
  private int end = BLOCK_HEADER;
  private int hashedTo = BLOCK_HEADER;
  private @Nullable ResponseDigest current;
  private @Nullable IOException failure;

  RecordingFile(Path path) throws IOException {
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    this.path = path;
    file = new RandomAccessFile(path.toFile(), "rw");
    file.write(MAGIC);
  }

  /** Appends a frame that the digest covers, if one is given. */
  void frame(
      byte type,
      int statement,
      byte[] payload,
      int offset,
      int length,
      @Nullable ResponseDigest digest) {
    hashInto(digest);
    header(type, statement, length);
    put(head, 0, head.length);
    put(payload, offset, length);
  }

  /** Hashes a frame that is not kept. */
  void cutFrame(
      byte type, int statement, byte[] payload, int offset, int length, ResponseDigest digest) {
    hashInto(null);
    header(type, statement, length);
    digest.updateCut(head, 0, head.length);
    digest.updateCut(payload, offset, length);
  }

  private void header(byte type, int statement, int length) {
    head[0] = type;
    FrameBytes.putInt(head, 1, length);
    FrameBytes.putInt(head, 5, statement);
  }

  /** From here on frames belong to this digest; those before are hashed into theirs. */
  void hashInto(@Nullable ResponseDigest digest) {
    if (digest != current) {
      settle();
      current = digest;
    }
  }

  private void settle() {
    if (current != null && end > hashedTo) {
      current.update(buffer, hashedTo, end - hashedTo);
    }
    hashedTo = end;
  }

  private void put(byte[] source, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (end == buffer.length) {
        makeRoom();
      }
      int part = Math.min(left, buffer.length - end);
      System.arraycopy(source, from, buffer, end, part);
      end += part;
      from += part;
      left -= part;
    }
  }

  private void makeRoom() {
    if (buffer.length < LARGEST) {
      buffer = Arrays.copyOf(buffer, buffer.length * 4);
    } else {
      flush();
    }
  }

  /** Gives what is buffered to the operating system. */
  void flush() {
    settle();
    if (failure != null) {
      throw unavailable(failure);
    }
    if (end == BLOCK_HEADER) {
      return;
    }
    int length = end - BLOCK_HEADER;
    crc.reset();
    crc.update(buffer, BLOCK_HEADER, length);
    FrameBytes.putInt(buffer, 0, length);
    FrameBytes.putInt(buffer, 4, (int) crc.getValue());
    try {
      file.write(buffer, 0, end);
    } catch (IOException e) {
      failure = e; // a block may be torn now; a reader stops there
      throw unavailable(e);
    }
    end = BLOCK_HEADER;
    hashedTo = BLOCK_HEADER;
  }

  void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private AuditUnavailableException unavailable(IOException e) {
    return new AuditUnavailableException(
        "The recording "
            + path
            + " cannot be written: "
            + e.getMessage()
            + ". Nothing runs unrecorded; free the disk or mend the directory.",
        e);
  }
}
