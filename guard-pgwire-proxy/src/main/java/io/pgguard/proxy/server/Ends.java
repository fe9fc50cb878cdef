package io.pgguard.proxy.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.ScheduledFuture;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Terminate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The two channels of a session, and what is on its way to each. Used by the session's loop. */
final class Ends {
  /** How long an end may take to read what it was told last. */
  static final Duration LINGER = Duration.ofSeconds(10);

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

  /** Closes both once what was written is sent, or, where an end takes nothing, after a while. */
  void close() {
    toClient.flush();
    toServer.flush();
    server
        .writeAndFlush(Unpooled.wrappedBuffer(new Terminate().toByteArray()))
        .addListener(ChannelFutureListener.CLOSE);
    client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    closeAtLast(server);
    closeAtLast(client);
  }

  private static void closeAtLast(Channel channel) {
    ScheduledFuture<?> timer =
        channel
            .eventLoop()
            .schedule(() -> channel.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(done -> timer.cancel(false));
  }
}
