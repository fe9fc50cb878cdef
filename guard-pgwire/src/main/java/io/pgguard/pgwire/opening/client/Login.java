package io.pgguard.pgwire.opening.client;

/** One way for a client to prove who it is. Used for one connection, by one thread at a time. */
public interface Login {

  /** The first step. */
  LoginStep begin();

  /** The client's answer to the last question: the body of its message of type {@code p}. */
  LoginStep answer(byte[] body);
}
