package io.pgguard.audit;

import io.pgguard.audit.Verification.Broken;
import io.pgguard.audit.Verification.Defect;
import io.pgguard.audit.Verification.Verified;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What checkpoints and a caller expect of a log, ticked off as its lines go by. Not thread-safe.
 */
final class Expectations implements Chain.Visitor {
  private static final Path FILE = Path.of(Segments.CHECKPOINTS);

  private final @Nullable PublicKey key;
  private final @Nullable String expectedHash;
  private final Map<Long, Checkpoint> bySeq = new HashMap<>();
  private final Map<Long, Integer> lineOf = new HashMap<>();
  private @Nullable Broken broken;
  private boolean sawExpectedHash;

  Expectations(List<String> lines, @Nullable PublicKey key, @Nullable String expectedHash) {
    this.key = key;
    this.expectedHash = expectedHash;
    sawExpectedHash = expectedHash == null;
    for (int i = 0; i < lines.size() && broken == null; i++) {
      broken = take(lines.get(i), i + 1);
    }
    if (lines.isEmpty() && key != null) {
      broken = place(FILE, 0, 0, Defect.CUT, "there is no checkpoint, though a key signs them");
    }
  }

  private @Nullable Broken take(String line, int number) {
    Checkpoint checkpoint = Checkpoint.parse(line).orElse(null);
    if (checkpoint == null) {
      return place(FILE, number, 0, Defect.MALFORMED, "the line is no checkpoint");
    }
    long seq = checkpoint.seq();
    if (key != null && !Checkpoint.isSigned(line, key)) {
      String detail = "the checkpoint is not signed by the given key";
      return place(FILE, number, seq, Defect.BAD_SIGNATURE, detail);
    }
    lineOf.put(seq, number);
    Checkpoint before = bySeq.put(seq, checkpoint);
    return before == null || before.hash().equals(checkpoint.hash()) ? null : mismatch(seq);
  }

  @Override
  public void line(ParsedLine line, SegmentLines place) {
    if (!sawExpectedHash && line.hash().equals(expectedHash)) {
      sawExpectedHash = true;
    }
    if (line.isHeader() || bySeq.isEmpty()) {
      return;
    }
    Checkpoint checkpoint = bySeq.remove(line.seq());
    if (checkpoint != null && broken == null && !checkpoint.hash().equals(line.hash())) {
      broken = mismatch(line.seq());
    }
  }

  /** The verdict when the whole chain holds. */
  Verification conclude(Chain chain, List<Path> segments) {
    if (broken != null) {
      return broken;
    }
    Path last = segments.get(segments.size() - 1);
    for (long seq : bySeq.keySet()) {
      if (seq > chain.lastSeq()) {
        String detail = "a checkpoint vouches for entry " + seq + ", which is gone";
        return place(last, 0, chain.lastSeq() + 1, Defect.CUT, detail);
      }
    }
    if (!sawExpectedHash) {
      String detail = "no line has the expected hash: the log was cut or rewritten";
      return place(last, 0, chain.lastSeq() + 1, Defect.CUT, detail);
    }
    if (Segments.number(segments.get(0)) > 1 && !isBeginningVouchedFor(chain)) {
      String detail = "older segments are gone and no checkpoint vouches for where this begins";
      return place(segments.get(0), 1, chain.firstSeq(), Defect.MISSING, detail);
    }
    long entries = chain.lastSeq() - chain.firstSeq() + 1;
    return new Verified(entries, chain.firstSeq(), chain.lastSeq(), chain.hash());
  }

  /** What is wrong with the checkpoints themselves, or null. */
  @Nullable Broken broken() {
    return broken;
  }

  private boolean isBeginningVouchedFor(Chain chain) {
    Checkpoint before = bySeq.get(chain.firstSeq() - 1);
    return before != null && before.hash().equals(chain.firstPrev());
  }

  private Broken mismatch(long seq) {
    String detail = "the log holds another entry " + seq + " than the checkpoint vouches for";
    return place(FILE, lineOf.getOrDefault(seq, 0), seq, Defect.CHECKPOINT_MISMATCH, detail);
  }

  static Broken place(Path file, long line, long seq, Defect defect, String detail) {
    return new Broken(Segments.name(file), line, seq, 0, defect, detail);
  }
}
