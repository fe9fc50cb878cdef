package io.pgguard.audit;

/**
 * The hash-chained log of everything that was asked, decided and done. Thread-safe.
 *
 * <p>An event is appended before the effect that it tells of; when {@code append} throws, the
 * caller refuses.
 */
public interface AuditLog extends AutoCloseable {

  /** What an entry announces; decides how durable it is made when durability is balanced. */
  enum Announces {
    /** Nothing that outlives the connection: a read, or what has already happened. */
    NOTHING,
    /** An effect beyond reading: the entry is to be on disk before that. */
    EFFECT
  }

  /**
   * Where an entry stands.
   *
   * @param seq its number, from 1, without gaps
   * @param hash its hash in hexadecimal, which the entry after it carries
   */
  record Appended(long seq, String hash) {}

  /**
   * Appends an event and does not wait for the disk. A killed process does not lose it from now on;
   * what it announces may happen once it is forced.
   *
   * @throws AuditUnavailableException when it could not be appended; then nothing of it is in the
   *     log
   */
  Forcing begin(AuditEvent event, Announces announces);

  /**
   * Appends an event. It is as durable as configured when this returns, and a killed process never
   * loses it.
   *
   * @throws AuditUnavailableException when it could not be appended; then nothing of it is in the
   *     log, or the log takes no more entries until it is opened anew
   */
  default Appended append(AuditEvent event, Announces announces) {
    Forcing forcing = begin(event, announces);
    forcing.await();
    return forcing.appended();
  }

  /** Whether every entry waits for the disk, whatever it announces. */
  default boolean forcesAll() {
    return false;
  }

  /** Appends an event that announces no effect. */
  default Appended append(AuditEvent event) {
    return append(event, Announces.NOTHING);
  }

  /** Forces what was appended to disk and closes the log. Idempotent. */
  @Override
  void close();
}
