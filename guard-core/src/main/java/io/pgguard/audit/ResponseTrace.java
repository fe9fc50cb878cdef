package io.pgguard.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client received for one statement, bound to the recording of it by a hash. Immutable.
 *
 * @param rows how many rows, or pieces of COPY data
 * @param bytes how many bytes of rows
 * @param digest SHA-256 in hexadecimal over the response as recorded (docs/audit.md)
 * @param recordedDigest SHA-256 over the part of it that the recording keeps, where the recording
 *     was cut at its limit; else null
 */
public record ResponseTrace(long rows, long bytes, String digest, @Nullable String recordedDigest) {
  public ResponseTrace {
    Objects.requireNonNull(digest, "digest");
  }
}
