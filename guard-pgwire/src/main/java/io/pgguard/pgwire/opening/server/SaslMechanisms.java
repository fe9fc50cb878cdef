package io.pgguard.pgwire.opening.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's part of SASL, which an edge brings along. */
@FunctionalInterface
public interface SaslMechanisms {

  /** One exchange with one server. */
  interface Exchange {

    /** The chosen mechanism's name. */
    String mechanism();

    /** The first message. */
    String first();

    /**
     * The answer to the server's first message.
     *
     * @throws IllegalArgumentException when the server's message does not fit
     */
    String answer(String serverFirst);

    /**
     * Checks that the server knows the password too.
     *
     * @throws IllegalArgumentException when it does not
     */
    void verify(String serverFinal);
  }

  /**
   * Begins an exchange.
   *
   * @param offered the mechanisms that the server offers
   * @param endPoint the hash of the server's certificate (tls-server-end-point), or null
   * @throws IllegalArgumentException when none of them is known
   */
  Exchange begin(List<String> offered, String password, byte @Nullable [] endPoint);
}
