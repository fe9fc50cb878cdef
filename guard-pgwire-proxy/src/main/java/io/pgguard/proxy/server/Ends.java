package io.pgguard.proxy.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Terminate;

/** The two channels of a session, and what is on its way to each. Used by the session's loop. */
final class Ends {
  private final Channel client;
  private final Channel server;
  private final Outbox toClient;
  private final Outbox toServer;

  Ends(Channel client, Channel server) {
    this.client = client;
    this.server = server;
    this.toClient = new Outbox(client);
    this.toServer = new Outbox(server);
  }

  Outbox toClient() {
    return toClient;
  }

  Outbox toServer() {
    return toServer;
  }

  /** Reads from an end only what the other end takes. */
  void read(Arrivals arrivals) {
    client.config().setAutoRead(arrivals.takesClient() && server.isWritable());
    server.config().setAutoRead(arrivals.takesServer() && client.isWritable());
  }

  /** Sends the client a message beside what is on its way. */
  void tell(Message message) {
    client.writeAndFlush(Unpooled.wrappedBuffer(message.toByteArray()));
  }

  void discard() {
    toClient.discard();
    toServer.discard();
  }

  /** Closes both once what was written is sent. */
  void close() {
    toClient.flush();
    toServer.flush();
    server
        .writeAndFlush(Unpooled.wrappedBuffer(new Terminate().toByteArray()))
        .addListener(ChannelFutureListener.CLOSE);
    client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
