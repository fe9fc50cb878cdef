package io.pgguard.recording;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads the blocks of a recording as one stream of bytes, as far as they are sound. */
final class BlockReader {
  private static final int LARGEST = 1 << 20;

  private final DataInputStream in;
  private byte[] block = new byte[0];
  private int at;
  private long offset;

  BlockReader(InputStream in) throws IOException {
    this.in = new DataInputStream(in);
    byte[] magic = in.readNBytes(RecordingFile.MAGIC.length);
    if (!Arrays.equals(magic, RecordingFile.MAGIC)) {
      throw new IOException("this is no recording of Guard's");
    }
    offset = magic.length;
  }

  /** How many bytes of the file were sound so far. */
  long offset() {
    return offset;
  }

  /**
   * Reads bytes.
   *
   * @throws EOFException when the recording ends or is damaged before them
   */
  byte[] read(int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, LARGEST)];
    int done = 0;
    while (done < length) {
      if (at == block.length) {
        nextBlock();
      }
      if (done == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, bytes.length * 2L));
      }
      int part = Math.min(bytes.length - done, block.length - at);
      System.arraycopy(block, at, bytes, done, part);
      at += part;
      done += part;
    }
    return bytes;
  }

  /** Whether nothing follows. */
  boolean isAtEnd() throws IOException {
    if (at < block.length) {
      return false;
    }
    int first = in.read();
    if (first < 0) {
      return true;
    }
    nextBlock(first);
    return false;
  }

  private void nextBlock() throws IOException {
    nextBlock(in.readUnsignedByte());
  }

  private void nextBlock(int first) throws IOException {
    int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int expected = in.readInt();
    if (length <= 0 || length > LARGEST) {
      throw new EOFException("a block of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    if (bytes.length < length || (int) crc.getValue() != expected) {
      throw new EOFException("a damaged block");
    }
    block = bytes;
    at = 0;
    offset += RecordingFile.BLOCK_HEADER + length;
  }
}
