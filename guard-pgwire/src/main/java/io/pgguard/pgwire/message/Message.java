package io.pgguard.pgwire.message;

/**
 * A message of the protocol (PostgreSQL documentation, "Message Formats"). Records; those that hold
 * arrays do not copy them and are used by one thread.
 */
public interface Message {

  /** Appends the whole message, with its type byte and length. */
  void encode(MessageWriter out);

  /** The whole message as bytes of its own. */
  default byte[] toByteArray() {
    MessageWriter out = new MessageWriter();
    encode(out);
    return out.toByteArray();
  }
}
