package io.pgguard.proxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.pgguard.pgwire.message.SSLRequest;
import io.pgguard.proxy.database.ServerAddress;
import io.pgguard.proxy.database.ServerTls;
import java.util.concurrent.TimeUnit;

/** One cancel request: the server closes once it has passed it on. Used by its loop. */
final class CancelHandler extends ChannelInboundHandlerAdapter {
  /** A server that stands is not waited for any longer. */
  private static final int ANSWER_SECONDS = 10;

  private final ServerAddress address;
  private final ServerTls tls;
  private final byte[] request;

  CancelHandler(ServerAddress address, ServerTls tls, byte[] request) {
    this.address = address;
    this.tls = tls;
    this.request = request;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    byte[] first = tls.wanted() ? new SSLRequest().toByteArray() : request;
    context.writeAndFlush(Unpooled.wrappedBuffer(first));
    ScheduledFuture<?> timer =
        context.executor().schedule(() -> context.close(), ANSWER_SECONDS, TimeUnit.SECONDS);
    context.channel().closeFuture().addListener(done -> timer.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf answer = (ByteBuf) message;
    boolean agreed = answer.readableBytes() == 1 && answer.readByte() == 'S';
    answer.release();
    if (!tls.wanted() || !agreed) {
      context.close();
      return;
    }
    SslHandler handler = new SslHandler(tls.engine(address.host(), address.port()));
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
