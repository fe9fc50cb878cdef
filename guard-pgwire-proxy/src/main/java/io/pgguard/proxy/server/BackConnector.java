package io.pgguard.proxy.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
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
import org.jspecify.annotations.Nullable;

/** Connects to servers, on the event loop of the client that it is for. Thread-safe. */
final class BackConnector {
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
    ChannelFuture connecting = connect(loop, server, handler);
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

  /** Sends a cancel request; done when the server has taken it, or cannot be reached. */
  Future<?> cancel(EventLoop loop, ServedDatabase.Server server, @Nullable BackendKeyData key) {
    Promise<Void> taken = loop.newPromise();
    if (key == null) {
      return taken.setSuccess(null);
    }
    byte[] request = new CancelRequest(key.processId(), key.secretKey()).toByteArray();
    CancelHandler handler = new CancelHandler(server, request);
    ChannelFuture connecting = connect(loop, server, handler);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            connecting.channel().closeFuture().addListener(closed -> taken.trySuccess(null));
          } else {
            taken.trySuccess(null);
          }
        });
    return taken;
  }

  private ChannelFuture connect(
      EventLoop loop, ServedDatabase.Server server, ChannelInboundHandlerAdapter handler) {
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
        .connect(server.address().host(), server.address().port());
  }

  /** One cancel request: the server closes once it has passed it on. */
  private static final class CancelHandler extends ChannelInboundHandlerAdapter {
    private final ServedDatabase.Server server;
    private final byte[] request;

    CancelHandler(ServedDatabase.Server server, byte[] request) {
      this.server = server;
      this.request = request;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      byte[] first =
          server.tls().wanted()
              ? new io.pgguard.pgwire.message.SSLRequest().toByteArray()
              : request;
      context.writeAndFlush(Unpooled.wrappedBuffer(first));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      io.netty.buffer.ByteBuf answer = (io.netty.buffer.ByteBuf) message;
      boolean agreed = answer.readableBytes() == 1 && answer.readByte() == 'S';
      answer.release();
      if (!server.tls().wanted() || !agreed) {
        context.close();
        return;
      }
      io.netty.handler.ssl.SslHandler handler =
          new io.netty.handler.ssl.SslHandler(
              server.tls().engine(server.address().host(), server.address().port()));
      handler
          .handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  context.writeAndFlush(Unpooled.wrappedBuffer(request));
                } else {
                  context.close();
                }
              });
      context.pipeline().addFirst(handler);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
