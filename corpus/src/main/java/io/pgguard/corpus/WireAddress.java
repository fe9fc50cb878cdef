package io.pgguard.corpus;

/**
 * Where a client of the wire protocol connects, and as whom. Immutable.
 *
 * @param port on this machine, unless the host says otherwise
 */
record WireAddress(String host, int port, String user, String password, String database) {}
