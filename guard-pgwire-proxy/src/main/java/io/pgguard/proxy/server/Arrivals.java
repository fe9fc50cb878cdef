package io.pgguard.proxy.server;

import io.netty.buffer.ByteBuf;
import io.pgguard.pgwire.session.WireSession;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What has arrived from both ends and had no turn yet, in order for each end. Not thread-safe. */
final class Arrivals {
  /** More is not read meanwhile: eight pieces of up to 64 KiB an end. */
  private static final int MOST = 8;

  private final ArrayDeque<Piece> client = new ArrayDeque<>();
  private final ArrayDeque<Piece> server = new ArrayDeque<>();
  private final RowRun rows = new RowRun();

  /**
   * A piece of one end's bytes.
   *
   * @param mayWait whether some of it may have to wait for something
   */
  record Piece(boolean fromClient, byte[] bytes, boolean mayWait) {

    /** Hands it to the conversation; false where some of it is left for a worker. */
    boolean goTo(WireSession session) throws IOException {
      if (fromClient) {
        return session.clientAtOnce(bytes, 0, bytes.length);
      } else if (mayWait) {
        return session.serverAtOnce(bytes, 0, bytes.length);
      }
      session.server(bytes, 0, bytes.length);
      return true;
    }
  }

  /** Copies what a buffer holds. */
  static byte[] copy(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  void client(byte[] bytes) {
    if (bytes.length > 0) {
      client.add(new Piece(true, bytes, true));
    }
  }

  void server(byte[] bytes) {
    server.add(new Piece(false, bytes, !rows.goesOn(bytes, bytes.length)));
  }

  /**
   * The next piece, the server's first; null where there is none.
   *
   * @param clientToo whether the client's may be taken
   */
  @Nullable Piece next(boolean clientToo) {
    Piece said = server.poll();
    return said == null && clientToo ? client.poll() : said;
  }

  boolean nothingFromServer() {
    return server.isEmpty();
  }

  boolean nothingFromClient() {
    return client.isEmpty();
  }

  boolean takesClient() {
    return client.size() < MOST;
  }

  boolean takesServer() {
    return server.size() < MOST;
  }

  void clear() {
    client.clear();
    server.clear();
  }
}
