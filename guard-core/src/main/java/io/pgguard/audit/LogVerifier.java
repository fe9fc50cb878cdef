package io.pgguard.audit;

import io.pgguard.audit.Verification.Broken;
import io.pgguard.audit.Verification.Defect;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log's directory: every byte of every segment, in one pass and in bounded memory, and
 * its checkpoints. Immutable, thread-safe.
 *
 * <p>A tail that is cut off whole is found only against something kept elsewhere: a checkpoint, or
 * the last hash of an earlier verification. Of a log that is being written, the last line may be
 * under way and show as cut; verify again.
 */
public final class LogVerifier {
  private final @Nullable PublicKey key;
  private final @Nullable String expectedHash;

  private LogVerifier(@Nullable PublicKey key, @Nullable String expectedHash) {
    this.key = key;
    this.expectedHash = expectedHash;
  }

  /** Verifies the chain, and that it holds what the checkpoints beside it tell, signed or not. */
  public static LogVerifier of() {
    return new LogVerifier(null, null);
  }

  /** Also asks of each checkpoint the signature of this Ed25519 key, and that there is one. */
  public LogVerifier withPublicKey(PublicKey publicKey) {
    return new LogVerifier(Objects.requireNonNull(publicKey, "publicKey"), expectedHash);
  }

  /** Also asks that a line with this hash is in the log, so that nothing up to it was cut. */
  public LogVerifier withExpectedHash(String hash) {
    return new LogVerifier(key, Objects.requireNonNull(hash, "hash"));
  }

  /**
   * Verifies the log in a directory.
   *
   * @throws IOException when it cannot be read
   */
  public Verification verify(Path directory) throws IOException {
    List<Path> segments = Segments.list(directory);
    if (segments.isEmpty()) {
      String detail = "there is no log here";
      return Expectations.place(Segments.file(directory, 1), 0, 1, Defect.MISSING, detail);
    }
    Expectations expected = new Expectations(Checkpoints.lines(directory), key, expectedHash);
    Broken ofCheckpoints = expected.broken();
    if (ofCheckpoints != null) {
      return ofCheckpoints;
    }
    Chain chain = new Chain();
    for (Path segment : segments) {
      Broken broken = chain.follow(segment, expected);
      if (broken != null) {
        return broken;
      }
    }
    return expected.conclude(chain, segments);
  }
}
