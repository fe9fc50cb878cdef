package io.pgguard.reach;

import java.util.Set;

/** Words in a function's body that tell what it may do. Stateless and thread-safe. */
final class BodyWords {
  private BodyWords() {}

  /** It changes rows. */
  static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge", "truncate");

  /** It tells other sessions, or moves settings. */
  static final Set<String> LOUD = Set.of("notify", "pg_notify", "set_config", "listen");

  /** It runs text that it puts together, or carries data elsewhere. */
  static final Set<String> TEXT = Set.of("execute", "copy", "dblink", "dblink_exec");

  /** It makes, changes or removes what names stand for. */
  static final Set<String> DEFINES = Set.of("create", "alter", "drop", "import", "into");

  /** It opens cursors, or runs text or code that may. */
  static final Set<String> CURSORS = Set.of("open", "execute", "call", "do");

  /** It puts values into messages. */
  static final Set<String> TELLING = Set.of("raise", "assert");
}
