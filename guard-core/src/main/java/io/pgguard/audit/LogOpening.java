package io.pgguard.audit;

import io.pgguard.audit.AuditEvent.LogRecovered;
import io.pgguard.audit.Verification.Broken;
import io.pgguard.audit.Verification.Defect;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an existing log goes on, found by verifying it and cutting off what a crash left unfinished
 * at its very end. Immutable.
 *
 * @param segment the number of the last segment; 0 for a log that has yet to begin
 * @param end where its last whole line ends, in bytes
 * @param lastSeq the last entry's number
 * @param hash the last line's hash
 * @param lastIsEntry whether that line is an entry and no segment's header
 * @param recovered what was cut off, or null
 * @param open the sessions that no entry tells the end of, as far as the log was read: the number
 *     of the entry that tells of its beginning by each session
 */
record LogOpening(
    long segment,
    long end,
    long lastSeq,
    String hash,
    boolean lastIsEntry,
    @Nullable LogRecovered recovered,
    Map<String, Long> open) {

  /** Verifies and repairs a log. */
  static LogOpening read(Path directory, boolean whole) throws IOException {
    List<Path> segments = Segments.list(directory);
    Chain chain = new Chain();
    Expectations expected = new Expectations(Checkpoints.lines(directory), null, null);
    refuse(expected.broken());
    boolean[] lastIsEntry = {false};
    OpenSessions sessions = new OpenSessions();
    Chain.Visitor visitor =
        (line, place) -> {
          lastIsEntry[0] = !line.isHeader();
          expected.line(line, place);
          sessions.line(line, place);
        };
    LogRecovered recovered = null;
    int first = whole || segments.isEmpty() ? 0 : segments.size() - 1;
    for (int i = first; i < segments.size(); i++) {
      Path file = segments.get(i);
      Broken broken = chain.follow(file, visitor);
      if (broken != null) {
        boolean torn = i == segments.size() - 1 && isTorn(broken, chain, file);
        if (!torn || broken.offset() == 0 && i == first && Segments.number(file) > 1) {
          refuse(broken);
        }
        recovered = cut(file, broken.offset());
      }
    }
    if (chain.segment() == 0) {
      if (!Checkpoints.lines(directory).isEmpty()) {
        refuse(
            Expectations.place(
                Segments.file(directory, 1), 0, 1, Defect.CUT, "checkpoints are all that is left"));
      }
      return new LogOpening(0, 0, 0, chain.hash(), false, recovered, sessions.open());
    }
    Path last = Segments.file(directory, chain.segment());
    if (expected.conclude(chain, segments.subList(first, segments.size())) instanceof Broken b) {
      refuse(b);
    }
    return new LogOpening(
        chain.segment(),
        Files.size(last),
        chain.lastSeq(),
        chain.hash(),
        lastIsEntry[0],
        recovered,
        sessions.open());
  }

  /** Whether a crash in the middle of a write explains it: nothing stands after it. */
  private static boolean isTorn(Broken broken, Chain chain, Path file) throws IOException {
    return switch (broken.defect()) {
      case CUT -> true;
      case MALFORMED, CHANGED -> chain.brokenEnd() == Files.size(file);
      default -> false;
    };
  }

  private static void refuse(@Nullable Broken broken) {
    if (broken != null) {
      throw new AuditUnavailableException(
          "The audit log is damaged and takes no entry ("
              + broken
              + "). Keep the directory as evidence and give Guard a new one.",
          null);
    }
  }

  /** Moves the bytes from an offset on to a file of their own; a header goes with its segment. */
  private static LogRecovered cut(Path file, long offset) throws IOException {
    Path torn = tornFile(file, offset);
    long bytes;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(offset);
      bytes = Files.copy(in, torn);
    }
    force(torn);
    if (offset == 0) {
      Files.delete(file);
    } else {
      try (RandomAccessFile segment = new RandomAccessFile(file.toFile(), "rw")) {
        segment.setLength(offset);
        segment.getFD().sync();
      }
    }
    Segments.forceDirectory(Segments.parent(file));
    return new LogRecovered(Instant.now(), Segments.name(file), offset, bytes, Segments.name(torn));
  }

  private static Path tornFile(Path file, long offset) {
    String name = Segments.name(file) + "." + offset;
    Path torn = file.resolveSibling(name + ".torn");
    for (int i = 2; Files.exists(torn); i++) {
      torn = file.resolveSibling(name + "-" + i + ".torn");
    }
    return torn;
  }

  private static void force(Path file) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.getFD().sync();
    }
  }
}
