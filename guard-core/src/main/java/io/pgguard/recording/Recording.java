package io.pgguard.recording;

import io.pgguard.internal.storage.Sha256;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stored trace of one session, as its client saw it. Immutable.
 *
 * @param pieces what was recorded, in order
 */
public record Recording(List<Recorded> pieces) {
  public Recording {
    pieces = List.copyOf(pieces);
  }

  /**
   * Reads a whole recording into memory; see {@link #stream} for large ones.
   *
   * @throws IOException when the file cannot be read or is no recording
   */
  public static Recording read(Path file) throws IOException {
    List<Recorded> pieces = new ArrayList<>();
    stream(file, pieces::add);
    return new Recording(pieces);
  }

  /**
   * Reads a recording piece by piece. One that ends in the middle gives all that is sound and then
   * {@link Recorded.Torn}.
   *
   * @throws IOException when the file cannot be read or is no recording
   */
  public static void stream(Path file, Consumer<Recorded> consumer) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      BlockReader blocks = new BlockReader(in);
      Map<Integer, MessageDigest> digests = new HashMap<>();
      Recorded piece;
      do {
        piece = next(blocks, digests);
        if (piece != null) {
          consumer.accept(piece);
        }
      } while (piece != null && !(piece instanceof Recorded.Torn));
    }
  }

  private static @Nullable Recorded next(BlockReader blocks, Map<Integer, MessageDigest> digests)
      throws IOException {
    try {
      if (blocks.isAtEnd()) {
        return null;
      }
      byte[] header = blocks.read(FrameType.HEADER);
      ByteBuffer fields = ByteBuffer.wrap(header);
      byte type = fields.get();
      int length = fields.getInt();
      int statement = fields.getInt();
      if (length < 0) {
        return new Recorded.Torn(blocks.offset());
      }
      byte[] payload = blocks.read(length);
      if (FrameType.isCovered(type, statement)) {
        MessageDigest digest = digests.computeIfAbsent(statement, n -> Sha256.fresh());
        digest.update(header);
        digest.update(payload);
      }
      return FrameParser.parse(type, statement, payload, digest(type, statement, digests));
    } catch (EOFException | BufferUnderflowException | IndexOutOfBoundsException damaged) {
      return new Recorded.Torn(blocks.offset());
    }
  }

  private static String digest(byte type, int statement, Map<Integer, MessageDigest> digests) {
    if (type != FrameType.COMPLETED) {
      return "";
    }
    MessageDigest digest = digests.remove(statement);
    return Sha256.hex((digest == null ? Sha256.fresh() : digest).digest());
  }
}
