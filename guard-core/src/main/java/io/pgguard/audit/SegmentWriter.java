package io.pgguard.audit;

import io.pgguard.internal.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries into the chain and the chain into segment files. Not thread-safe but for {@link
 * #force}, which may run beside everything else.
 */
final class SegmentWriter {
  private final Path directory;
  private final AuditSettings settings;
  private final MessageDigest digest = Sha256.fresh();
  private final byte[] hash;
  private final ReentrantLock forcing = new ReentrantLock();
  private SegmentFile file;
  private long number;
  private boolean lastIsEntry;
  private long checkpointed = -1;
  private volatile long written;
  private volatile long forced;

  /** Goes on where a log was left, or begins one. */
  SegmentWriter(Path directory, AuditSettings settings, LogOpening opening) throws IOException {
    this.directory = directory;
    this.settings = settings;
    hash = opening.hash().getBytes(StandardCharsets.US_ASCII);
    number = opening.segment();
    written = opening.lastSeq();
    lastIsEntry = opening.lastIsEntry();
    if (number == 0) {
      file = begin();
      number = 1;
    } else {
      file = new SegmentFile(Segments.file(directory, number), opening.end());
      file.force();
    }
    forced = written;
  }

  /** Appends an entry whose event stands in a line behind {@link LineFormat#FRONT} free bytes. */
  long append(JsonLine line) throws IOException {
    if (lastIsEntry && file.size() + line.end() > settings.segmentBytes()) {
      roll();
    }
    long seq = written + 1;
    line.room(LineFormat.BACK);
    byte[] bytes = line.bytes();
    int from = front(seq, bytes);
    int to = LineFormat.seal(digest, bytes, from, line.end());
    file.write(bytes, from, to - from);
    System.arraycopy(bytes, line.end() + LineFormat.HASH.length, hash, 0, hash.length);
    lastIsEntry = true;
    written = seq;
    return seq;
  }

  /** Writes what stands before the event, so that it ends where the event begins. */
  private int front(long seq, byte[] bytes) {
    int at = LineFormat.FRONT - (19 - Decimal.digits(seq));
    int from = LineFormat.FRONT - at;
    int next = LineFormat.put(LineFormat.SEQ, bytes, from);
    next = Decimal.write(seq, bytes, next);
    next = LineFormat.put(LineFormat.PREV, bytes, next);
    next = LineFormat.put(hash, bytes, next);
    LineFormat.put(LineFormat.EVENT, bytes, next);
    return from;
  }

  /** Begins a new segment; what the old one holds is on disk and vouched for before. */
  private void roll() throws IOException {
    force(written);
    checkpointed = written;
    writeCheckpoint(new Checkpoint(number, written, hash(), Instant.now()));
    SegmentFile next = begin();
    forcing.lock();
    try {
      file.close();
      file = next;
      number++;
    } finally {
      forcing.unlock();
    }
  }

  private SegmentFile begin() throws IOException {
    JsonLine line = new JsonLine(512);
    line.reset(0);
    line.beginObject()
        .field("segment", number + 1)
        .field("seq", written + 1)
        .field("prev", hash())
        .field("format", LineFormat.FORMAT)
        .field("at", Instant.now());
    int end = line.end();
    line.room(LineFormat.BACK);
    int length = LineFormat.seal(digest, line.bytes(), 0, end);
    SegmentFile next = new SegmentFile(Segments.file(directory, number + 1), 0);
    try {
      next.write(line.bytes(), 0, length);
      next.force();
      Segments.forceDirectory(directory);
    } catch (IOException e) {
      next.close();
      Files.deleteIfExists(next.path()); // its header would not fit what is appended meanwhile
      throw e;
    }
    System.arraycopy(line.bytes(), end + LineFormat.HASH.length, hash, 0, hash.length);
    lastIsEntry = false;
    return next;
  }

  /** Makes entries durable up to a number; one force serves all that wait for it. */
  void force(long upTo) throws IOException {
    if (forced >= upTo) {
      return;
    }
    forcing.lock();
    try {
      if (forced < upTo) {
        long target = written;
        file.force();
        refuseIfGone();
        forced = target;
      }
    } finally {
      forcing.unlock();
    }
  }

  /** A file that somebody removed takes entries as before, and nobody will ever read them. */
  private void refuseIfGone() throws IOException {
    long least = file.size(); // before the look, since others append meanwhile
    if (Files.size(file.path()) < least) {
      throw new IOException(file.path() + " was replaced or cut off");
    }
  }

  /** A checkpoint over the last entry; null when there is none or it has one. */
  @Nullable Checkpoint checkpoint() {
    if (!lastIsEntry || checkpointed == written) {
      return null;
    }
    checkpointed = written;
    return new Checkpoint(number, written, hash(), Instant.now());
  }

  /** Appends a checkpoint to its file, once what it vouches for is on disk. Thread-safe. */
  synchronized void writeCheckpoint(@Nullable Checkpoint checkpoint) throws IOException {
    if (checkpoint != null) {
      force(checkpoint.seq());
      Checkpoints.append(directory, checkpoint, settings.signingKey());
    }
  }

  long written() {
    return written;
  }

  long forced() {
    return forced;
  }

  String hash() {
    return new String(hash, StandardCharsets.US_ASCII);
  }

  void close() throws IOException {
    file.close();
  }
}
