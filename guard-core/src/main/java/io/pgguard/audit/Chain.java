package io.pgguard.audit;

import io.pgguard.audit.Verification.Broken;
import io.pgguard.audit.Verification.Defect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Follows the hash chain through segments, one after the other, and names the first place where it
 * breaks. Not thread-safe.
 */
final class Chain {

  /** Sees each line that holds. */
  interface Visitor {
    void line(ParsedLine line, SegmentLines place) throws IOException;
  }

  private final ParsedLine line = new ParsedLine();
  private final byte[] lastHash = LineFormat.origin();
  private long segment;
  private long firstSeq = 1;
  private long lastSeq;
  private long end;
  private long brokenEnd;
  private String firstPrev = new String(lastHash, StandardCharsets.US_ASCII);

  /** Follows one segment; null when it holds to its end. */
  @Nullable Broken follow(Path file, Visitor visitor) throws IOException {
    String name = Segments.name(file);
    end = 0;
    try (SegmentLines lines = new SegmentLines(file)) {
      while (lines.next()) {
        Broken broken = check(name, lines, Segments.number(file));
        if (broken != null) {
          brokenEnd = lines.nextOffset();
          return broken.defect() == Defect.MISSING ? reorderedOrMissing(broken, lines) : broken;
        }
        line.copyHash(lastHash);
        end = lines.nextOffset();
        if (line.isHeader()) {
          segment = line.segment();
        } else {
          lastSeq = line.seq();
        }
        visitor.line(line, lines);
      }
    }
    return end > 0
        ? null
        : new Broken(name, 0, lastSeq + 1, 0, Defect.CUT, "the segment file is empty");
  }

  private @Nullable Broken check(String file, SegmentLines lines, long number) {
    if (!lines.terminated()) {
      return broken(file, lines, Defect.CUT, "the last line does not end");
    }
    if (!line.parse(lines.buffer(), lines.start(), lines.end())
        || line.isHeader() != (lines.line() == 1)) {
      return broken(file, lines, Defect.MALFORMED, "the line has not the form of a log line");
    }
    if (!line.hashHolds()) {
      return broken(file, lines, Defect.CHANGED, "the line's bytes do not give its hash");
    }
    if (line.isHeader()) {
      return checkHeader(file, lines, number);
    }
    if (line.seq() > lastSeq + 1) {
      return broken(file, lines, Defect.MISSING, "entry " + line.seq() + " stands here");
    }
    if (line.seq() <= lastSeq) {
      return line.seq() == lastSeq && line.hashIs(lastHash)
          ? broken(file, lines, Defect.DUPLICATED, "entry " + lastSeq + " stands here again")
          : broken(file, lines, Defect.REORDERED, "entry " + line.seq() + " stands here");
    }
    return line.prevIs(lastHash)
        ? null
        : broken(file, lines, Defect.FOREIGN, "the line was written after another line");
  }

  private @Nullable Broken checkHeader(String file, SegmentLines lines, long number) {
    if (line.segment() != number) {
      return broken(
          file, lines, Defect.REORDERED, "the file holds segment " + line.segment() + " instead");
    }
    if (segment == 0) {
      firstSeq = line.seq();
      lastSeq = firstSeq - 1;
      firstPrev = line.prev();
      boolean origin = line.prevIs(LineFormat.origin());
      return number > 1 || firstSeq == 1 && origin
          ? null
          : broken(file, lines, Defect.FOREIGN, "the first segment does not begin a log");
    }
    if (number != segment + 1) {
      return broken(file, lines, Defect.MISSING, "segment " + (segment + 1) + " is gone");
    }
    if (line.seq() > lastSeq + 1) {
      return broken(file, lines, Defect.MISSING, "the segment before lost its end");
    }
    return line.prevIs(lastHash) && line.seq() == lastSeq + 1
        ? null
        : broken(file, lines, Defect.FOREIGN, "the segment was begun after another one");
  }

  /** An entry that stands further on was moved, not removed. */
  private Broken reorderedOrMissing(Broken found, SegmentLines lines) throws IOException {
    if (line.isHeader()) {
      return found;
    }
    long wanted = lastSeq + 1;
    while (lines.next()) {
      if (line.parse(lines.buffer(), lines.start(), lines.end()) && line.seq() == wanted) {
        return new Broken(
            found.file(),
            found.line(),
            found.seq(),
            found.offset(),
            Defect.REORDERED,
            found.detail() + "; the one that belongs here stands on line " + lines.line());
      }
    }
    return found;
  }

  private Broken broken(String file, SegmentLines lines, Defect defect, String detail) {
    return new Broken(file, lines.line(), lastSeq + 1, lines.offset(), defect, detail);
  }

  /** The number of the segment that was followed last; 0 for none. */
  long segment() {
    return segment;
  }

  long firstSeq() {
    return firstSeq;
  }

  long lastSeq() {
    return lastSeq;
  }

  /** The hash that the first segment says stood before it. */
  String firstPrev() {
    return firstPrev;
  }

  String hash() {
    return new String(lastHash, StandardCharsets.US_ASCII);
  }

  /** Where the last line that holds ends, in bytes of the segment that was followed last. */
  long end() {
    return end;
  }

  /** Where the line that broke the chain ends, likewise. */
  long brokenEnd() {
    return brokenEnd;
  }
}
