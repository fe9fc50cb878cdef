package io.pgguard.pgwire.message;

/** The byte that tells a statement from a portal in Describe and Close. */
final class Kinds {
  private Kinds() {}

  static char read(MessageReader in) {
    char kind = (char) in.int8();
    if (kind != 'S' && kind != 'P') {
      throw in.violation("neither a statement nor a portal: " + (int) kind);
    }
    return kind;
  }
}
