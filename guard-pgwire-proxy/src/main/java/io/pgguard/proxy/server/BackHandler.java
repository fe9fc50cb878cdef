package io.pgguard.proxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Promise;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.opening.server.ServerDemand;
import io.pgguard.pgwire.opening.server.ServerOpening;
import io.pgguard.pgwire.opening.server.ServerReady;
import io.pgguard.pgwire.opening.server.ServerRequest;
import io.pgguard.proxy.database.EndPoint;
import io.pgguard.proxy.database.OngresScram;
import io.pgguard.proxy.database.ServedDatabase;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of a session: its opening, then the pair's. Used by its loop. */
final class BackHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(BackHandler.class);

  private final ServedDatabase.Server server;
  private final ServerRequest request;
  private final Promise<ServerReady> ready;
  private @Nullable ServerOpening opening;
  private @Nullable Outbox toServer;
  private @Nullable Pair pair;

  /**
   * @param ready told when the server waits for a text, or fails with {@link BackFailure}
   */
  BackHandler(ServedDatabase.Server server, ServerRequest request, Promise<ServerReady> ready) {
    this.server = server;
    this.request = request;
    this.ready = ready;
  }

  /** From now on the pair has what arrives. */
  void pair(Pair made) {
    pair = made;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws IOException {
    Outbox out = new Outbox(context.channel());
    toServer = out;
    ServerOpening begun = new ServerOpening(request, new OngresScram(), WireLimits.DEFAULT, out);
    opening = begun;
    handle(context, begun.start());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
    ByteBuf buffer = (ByteBuf) message;
    Pair made = pair;
    if (made != null) {
      made.arrived(Pair.Side.SERVER, buffer);
      return;
    }
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    buffer.release();
    ServerOpening begun = opening;
    if (begun != null && !ready.isDone()) {
      handle(context, begun.bytes(bytes, 0, bytes.length));
    } else {
      context.close(); // nothing was asked of it yet
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws IOException {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      SslHandler handler = context.pipeline().get(SslHandler.class);
      ServerOpening begun = opening;
      if (!handshake.isSuccess() || handler == null || begun == null) {
        fail(context, "TLS with the database failed: " + handshake.cause(), false);
        return;
      }
      handle(context, begun.tlsStarted(EndPoint.of(handler.engine().getSession())));
    }
  }

  private void handle(ChannelHandlerContext context, ServerDemand demand) {
    Outbox out = toServer;
    if (out != null) {
      out.flush();
    }
    if (demand instanceof ServerDemand.StartTls) {
      context
          .pipeline()
          .addFirst(
              new SslHandler(
                  server.tls().engine(server.address().host(), server.address().port())));
    } else if (demand instanceof ServerDemand.Ready done) {
      context.channel().config().setAutoRead(false);
      ready.trySuccess(done.ready());
    } else if (demand instanceof ServerDemand.Failed failed) {
      fail(context, failed.reason(), failed.credentialRefused());
    }
  }

  private void fail(ChannelHandlerContext context, String reason, boolean credentialRefused) {
    ready.tryFailure(new BackFailure(reason, credentialRefused));
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ready.tryFailure(new BackFailure("the database closed the connection", false));
    Pair made = pair;
    if (made != null) {
      made.gone(Pair.Side.SERVER);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Pair made = pair;
    if (made != null) {
      made.writabilityChanged();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("the connection to the database broke", cause);
    ready.tryFailure(new BackFailure("the connection to the database broke: " + cause, false));
    context.close();
  }
}
