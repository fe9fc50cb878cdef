package io.pgguard.proxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.TransportProtocol;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.pgguard.identity.Principal;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.pgwire.opening.client.ClientDemand;
import io.pgguard.pgwire.opening.client.ClientOpening;
import io.pgguard.wording.Said;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's end of a session: its opening, then the pair's. Used by its loop. */
final class FrontHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(FrontHandler.class);

  /** The first byte of a TLS handshake (RFC 8446, record type handshake). */
  private static final int HANDSHAKE = 0x16;

  private final Served served;
  private @Nullable ClientAddress client;
  private @Nullable Outbox toClient;
  private @Nullable ClientOpening opening;
  private Places.@Nullable Place place;
  private @Nullable ScheduledFuture<?> deadline;
  private @Nullable ClientLogin login;
  private @Nullable Joining joining;
  private @Nullable Pair pair;
  private boolean first = true;
  private boolean direct;

  FrontHandler(Served served) {
    this.served = served;
  }

  private ClientOpening opening() {
    return Objects.requireNonNull(opening, "an opening");
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Optional<Places.Place> free = served.places().opening();
    if (free.isEmpty()) {
      LOG.warn("a client is turned away: too many connections have not logged in yet");
      context.close();
      return;
    }
    place = free.get();
    client = ClientAddress.of(context.channel());
    if (served.balancers().sent(context.channel())) {
      context.pipeline().addFirst(new HAProxyMessageDecoder());
    }
    Outbox out = new Outbox(context.channel());
    toClient = out;
    opening = new ClientOpening(served.tls() != null, out);
    deadline =
        context
            .executor()
            .schedule(
                () -> close(context, "it took too long to log in"),
                served.config().limits().loginTime().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
    if (message instanceof HAProxyMessage header) {
      told(header);
      return;
    }
    ByteBuf buffer = (ByteBuf) message;
    Pair made = pair;
    if (made != null) {
      made.arrived(Pair.Side.CLIENT, buffer);
      return;
    }
    if (first && buffer.isReadable()) {
      first = false;
      if (served.tls() != null && buffer.getByte(buffer.readerIndex()) == HANDSHAKE) {
        direct = true;
        startTls(context);
        context.pipeline().fireChannelRead(buffer);
        return;
      }
    }
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    buffer.release();
    if (opening != null && context.channel().isActive()) {
      handle(context, opening().bytes(bytes, 0, bytes.length));
    }
  }

  /** A balancer says whose connection it is; where it is its own, it names nobody. */
  private void told(HAProxyMessage header) {
    try {
      String from = header.sourceAddress();
      if (from != null
          && header.proxiedProtocol().transportProtocol() == TransportProtocol.STREAM) {
        client =
            ClientAddress.of(
                new InetSocketAddress(
                    NetUtil.createInetAddressFromIpAddressString(from), header.sourcePort()));
      }
    } finally {
      header.release();
    }
  }

  private ClientAddress client() {
    return Objects.requireNonNull(client, "an address");
  }

  private void startTls(ChannelHandlerContext context) {
    OwnTls tls = Objects.requireNonNull(served.tls(), "a certificate");
    context.pipeline().addFirst(tls.handler(context.alloc()));
    opening().tlsStarted();
  }

  /** TLS without a request for it must name the protocol, so that no other one is led here. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      SslHandler handler = context.pipeline().get(SslHandler.class);
      String protocol = handler == null ? null : handler.applicationProtocol();
      boolean fits = protocol == null ? !direct : protocol.equals(OwnTls.ALPN);
      if (!handshake.isSuccess() || !fits) {
        close(context, "TLS failed: " + handshake.cause() + ", protocol " + protocol);
      }
    }
  }

  private void handle(ChannelHandlerContext context, ClientDemand demand) throws IOException {
    flush();
    if (demand instanceof ClientDemand.StartTls) {
      startTls(context);
    } else if (demand instanceof ClientDemand.Cancel cancel) {
      served
          .cancels()
          .request(context.channel().eventLoop(), cancel.request())
          .addListener(done -> context.close());
    } else if (demand instanceof ClientDemand.ChooseLogin choose) {
      login = new ClientLogin(served, context, client(), opening(), step -> handled(context, step));
      login().choose(choose.startup());
    } else if (demand instanceof ClientDemand.Verify verify) {
      login().verify(verify.evidence());
    } else if (demand instanceof ClientDemand.LetIn) {
      letIn(context);
    } else if (demand instanceof ClientDemand.Close close) {
      if (opening().failedLogin()) {
        client().address().ifPresent(served.failedLogins()::failed);
      }
      close(context, close.reason());
    }
  }

  /** Goes a step of the opening, and does what it asks for. */
  private void handled(ChannelHandlerContext context, ClientLogin.Step step) {
    try {
      handle(context, step.go());
    } catch (IOException e) {
      throw new IllegalStateException("an outbox does not fail", e);
    }
  }

  private ClientLogin login() {
    return Objects.requireNonNull(login, "a login");
  }

  /** The client has shown who it is: from here on the server's end is made. */
  private void letIn(ChannelHandlerContext context) {
    StartupMessage startup = Objects.requireNonNull(opening().startup(), "a startup packet");
    String user = startup.parameters().getOrDefault("user", "");
    Principal proved = login().shown(user).orElse(null);
    if (proved == null) {
      refused(context, null, "nobody stands behind the account");
      return;
    }
    context.channel().config().setAutoRead(false);
    Joining made =
        new Joining(served, this, context, client(), proved, startup, opening().keyLength());
    joining = made;
    made.start();
  }

  /** Ends the opening with an error that the client is told; without a text, the bland one. */
  void refused(ChannelHandlerContext context, @Nullable Said said, String why) {
    if (!context.channel().isActive()) {
      return;
    }
    handled(context, () -> said == null ? opening().refuseLogin(why) : opening().refuse(said, why));
  }

  /** The session is there: what the client sends from now on is the pair's. */
  byte[] joined(Pair made) {
    pair = made;
    served.metrics().login("joined");
    openingOver();
    return opening().rest();
  }

  private void flush() {
    Outbox out = toClient;
    if (out != null) {
      out.flush();
    }
  }

  private void close(ChannelHandlerContext context, String reason) {
    if (pair == null) {
      served.metrics().login("refused");
      LOG.info("a client at {} is not let in: {}", client().text(), reason);
      flush();
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void openingOver() {
    ScheduledFuture<?> timer = deadline;
    if (timer != null) {
      timer.cancel(false);
    }
    Places.Place taken = place;
    if (taken != null) {
      taken.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    openingOver();
    Outbox out = toClient;
    Pair made = pair;
    if (made != null) {
      made.gone(Pair.Side.CLIENT);
    } else if (out != null) {
      out.discard();
    }
    Joining begun = joining;
    if (begun != null) {
      begun.clientLeft();
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
    LOG.debug("the connection of a client broke", cause);
    context.close();
  }
}
