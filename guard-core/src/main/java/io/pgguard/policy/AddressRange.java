package io.pgguard.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, as {@code 10.0.0.0/8} or {@code 2001:db8::/32} (RFC
 * 4632, RFC 4291). Immutable and thread-safe.
 */
final class AddressRange {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F:.]{2,45}(/[0-9]{1,3})?");

  private final String text;
  private final byte[] address;
  private final int bits;

  private AddressRange(String text, byte[] address, int bits) {
    this.text = text;
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads a range, or one address alone.
   *
   * @throws IllegalArgumentException when it is none; the message says what to write
   */
  static AddressRange of(String text) {
    int slash = text.indexOf('/');
    String before = slash < 0 ? text : text.substring(0, slash);
    boolean numbers = before.contains(":") || before.matches("[0-9]+(\\.[0-9]+){3}");
    if (!FORM.matcher(text).matches() || !numbers) {
      throw wrong(text);
    }
    try {
      byte[] address = InetAddress.getByName(before).getAddress(); // no name, so nobody is asked
      int most = address.length * Byte.SIZE;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits > most) {
        throw wrong(text);
      }
      return new AddressRange(text, address, bits);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(wrong(text).getMessage(), e);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "`" + text + "` is no address; write one such as `10.0.0.0/8` or `2001:db8::/32`");
  }

  /** Whether an address is in it. IPv4 addresses are never in a range of IPv6. */
  boolean holds(InetAddress other) {
    byte[] bytes = other.getAddress();
    if (bytes.length != address.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (bytes[i] != address[i]) {
        return false;
      }
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((bytes[whole] ^ address[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
