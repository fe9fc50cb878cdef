package io.pgguard.proxy.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.opening.server.ServerReady;
import io.pgguard.pgwire.opening.server.ServerRequest;
import io.pgguard.proxy.database.ServedDatabase;
import io.pgguard.proxy.database.ServerAddress;
import io.pgguard.proxy.database.ServerTls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to servers, on the event loop of the client that it is for. Thread-safe. */
final class BackConnector {
  private static final Logger LOG = LoggerFactory.getLogger(BackConnector.class);
  private static final int CONNECT_MILLIS = 10_000;

  /** A slow end holds back so much of the other's bytes. */
  static final WriteBufferWaterMark HELD = new WriteBufferWaterMark(128 << 10, 512 << 10);

  private final Loops loops;

  BackConnector(Loops loops) {
    this.loops = loops;
  }

  /** A connection that the server has let in. */
  record Opened(
      Channel channel, BackHandler handler, ServedDatabase.Server server, ServerReady ready) {}

  /** Opens a connection to one server. */
  Future<Opened> open(EventLoop loop, ServedDatabase.Server server, ServerRequest request) {
    Promise<Opened> opened = loop.newPromise();
    Promise<ServerReady> ready = loop.newPromise();
    BackHandler handler = new BackHandler(server, request, ready);
    ChannelFuture connecting = connect(loop, server.address(), handler);
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            ready.tryFailure(
                new BackFailure(
                    "the database at " + server.address() + " cannot be reached: " + done.cause(),
                    false));
          }
        });
    ready.addListener(
        (Future<ServerReady> done) -> {
          if (!done.isSuccess()) {
            opened.setFailure(done.cause());
          } else {
            opened.setSuccess(new Opened(connecting.channel(), handler, server, done.getNow()));
          }
        });
    return opened;
  }

  /** Sends a server a cancel request; done when it has taken it, or cannot be reached. */
  Future<?> cancel(EventLoop loop, ServedDatabase.Server server, @Nullable BackendKeyData key) {
    return key == null
        ? loop.newSucceededFuture(null)
        : cancel(
            loop,
            server.address(),
            server.tls(),
            new CancelRequest(key.processId(), key.secretKey()));
  }

  /** The same for whatever takes cancel requests at an address. */
  Future<?> cancel(
      EventLoop loop, ServerAddress address, ServerTls tls, CancelRequest cancelRequest) {
    Promise<Void> taken = loop.newPromise();
    CancelHandler handler = new CancelHandler(address, tls, cancelRequest.toByteArray());
    ChannelFuture connecting = connect(loop, address, handler);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            connecting.channel().closeFuture().addListener(closed -> taken.trySuccess(null));
          } else {
            LOG.warn(
                "a cancel request does not reach {}: {}", address, String.valueOf(done.cause()));
            taken.trySuccess(null);
          }
        });
    return taken;
  }

  private ChannelFuture connect(
      EventLoop loop, ServerAddress address, ChannelInboundHandlerAdapter handler) {
    return new Bootstrap()
        .group(loop)
        .channel(loops.channel())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, HELD)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler);
              }
            })
        .connect(address.host(), address.port());
  }
}
