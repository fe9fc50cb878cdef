package io.pgguard.audit;

import io.pgguard.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked, decided or done, as the audit log tells it. Every event is an immutable
 * record; its field names are the names in the log's JSON (docs/audit.md).
 */
public sealed interface AuditEvent
    permits StatementEvent,
        ApprovalEvent,
        AuditEvent.SessionOpened,
        AuditEvent.SessionRenewed,
        AuditEvent.SessionClosed,
        AuditEvent.PolicyLoaded,
        AuditEvent.PolicyRejected,
        AuditEvent.SessionLost,
        AuditEvent.ConsoleAccess,
        AuditEvent.LogRecovered {

  /** When it happened, by this machine's clock. */
  Instant at();

  /** The session it belongs to, or null for one that belongs to none. */
  @Nullable String session();

  /**
   * A principal got a guarded database connection.
   *
   * @param database the database's name
   * @param databaseUser the PostgreSQL role that statements run as
   * @param edge where the client came in: {@code jdbc}, {@code proxy}, {@code core}
   * @param guardVersion the version of Guard
   * @param policyHash the policy in force, by its hash
   */
  record SessionOpened(
      String session,
      Instant at,
      Principal principal,
      String database,
      String databaseUser,
      String edge,
      String guardVersion,
      String policyHash)
      implements AuditEvent {
    public SessionOpened {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(principal, "principal");
    }
  }

  /**
   * A session goes on with a fresh proof of the same principal.
   *
   * @param principal as the fresh token proves it
   */
  record SessionRenewed(String session, Instant at, Principal principal) implements AuditEvent {
    public SessionRenewed {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(principal, "principal");
    }
  }

  /**
   * A session ended.
   *
   * @param why in words
   * @param statements how many statements were decided in it
   */
  record SessionClosed(String session, Instant at, String why, long statements)
      implements AuditEvent {
    public SessionClosed {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * A policy came into force.
   *
   * @param hash the policy's hash
   * @param source where it was read from
   */
  record PolicyLoaded(Instant at, String hash, String source) implements AuditEvent {
    public PolicyLoaded {
      Objects.requireNonNull(at, "at");
    }

    @Override
    public @Nullable String session() {
      return null;
    }
  }

  /**
   * A policy did not load; the one before stays in force.
   *
   * @param source where it was read from
   * @param errors what is wrong with it
   */
  record PolicyRejected(Instant at, String source, List<String> errors) implements AuditEvent {
    public PolicyRejected {
      Objects.requireNonNull(at, "at");
      errors = List.copyOf(errors);
    }

    @Override
    public @Nullable String session() {
      return null;
    }
  }

  /**
   * A session was open when the process that kept the log ended: nothing tells how it went on.
   * Written by the log itself when it is opened anew.
   *
   * @param at when that was noticed
   * @param seq the number of the entry that told of its opening
   */
  record SessionLost(String session, Instant at, long seq) implements AuditEvent {
    public SessionLost {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * Somebody saw or did something in the console.
   *
   * @param by who, or null where nobody was logged in
   * @param address where the request came from
   * @param what what was done: {@code login}, or the method of the request for a page
   * @param about what it was about: by what somebody logged in, or the page; or null
   */
  record ConsoleAccess(
      Instant at, @Nullable Principal by, String address, String what, @Nullable String about)
      implements AuditEvent {
    public ConsoleAccess {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(what, "what");
    }

    @Override
    public @Nullable String session() {
      return null;
    }
  }

  /**
   * The log was opened after a crash and an unfinished last line was cut off. Written by the log
   * itself.
   *
   * @param segment the segment file that was cut
   * @param offset where it was cut, in bytes from its beginning
   * @param bytes how many bytes were cut
   * @param torn the file that keeps them
   */
  record LogRecovered(Instant at, String segment, long offset, long bytes, String torn)
      implements AuditEvent {
    public LogRecovered {
      Objects.requireNonNull(at, "at");
    }

    @Override
    public @Nullable String session() {
      return null;
    }
  }
}
