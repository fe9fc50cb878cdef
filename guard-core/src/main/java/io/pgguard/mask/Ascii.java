package io.pgguard.mask;

/** Classes of ASCII characters; bytes of other characters belong to none. Stateless. */
final class Ascii {
  private Ascii() {}

  static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean upper(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  static boolean letter(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  static boolean alphanumeric(byte b) {
    return digit(b) || letter(b);
  }

  /** Whether a letter could be a hexadecimal digit. */
  static boolean hexLetter(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f';
  }

  /** The byte at an index, or 0 outside of the bounds. */
  static byte at(byte[] in, int index, int from, int to) {
    return index >= from && index < to ? in[index] : 0;
  }

  /** Whether an ASCII word stands at an index. */
  static boolean startsWith(byte[] in, int at, int to, String word) {
    if (to - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (in[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
