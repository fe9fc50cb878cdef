package io.pgguard.proxy.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.pgguard.ProxyConfig;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenRefusedException;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.pgwire.opening.client.ClientDemand;
import io.pgguard.pgwire.opening.client.ClientOpening;
import io.pgguard.pgwire.opening.client.Evidence;
import io.pgguard.pgwire.opening.client.Login;
import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the client of one connection shows who it is. Used by its loop. */
final class ClientLogin {
  private static final Logger LOG = LoggerFactory.getLogger(ClientLogin.class);

  private final Served served;
  private final ChannelHandlerContext context;
  private final ClientAddress client;
  private final ClientOpening opening;
  private final Consumer<Step> goes;
  private @Nullable Principal shown;

  /** A step of the opening. */
  @FunctionalInterface
  interface Step {
    ClientDemand go() throws IOException;
  }

  /**
   * @param goes goes a step, and does what it asks for
   */
  ClientLogin(
      Served served,
      ChannelHandlerContext context,
      ClientAddress client,
      ClientOpening opening,
      Consumer<Step> goes) {
    this.served = served;
    this.context = context;
    this.client = client;
    this.opening = opening;
    this.goes = goes;
  }

  /** Chooses the way to log in, or turns the client away. */
  void choose(StartupMessage startup) {
    Duration wait = client.address().flatMap(served.failedLogins()::wait).orElse(null);
    if (wait != null) {
      Said said = ConnectWording.TOO_MANY_FAILED.say(wait.toSeconds() + 1 + " s");
      goes.accept(() -> opening.refuse(said, said.message()));
    } else if (needsTls()) {
      goes.accept(() -> opening.refuse(ConnectWording.ONLY_TLS.say(), "no TLS"));
    } else {
      Optional<Login> way = way(startup.parameters().getOrDefault("user", ""));
      goes.accept(
          () ->
              way.isPresent()
                  ? opening.login(way.get())
                  : opening.refuseLogin("no way to log in for a connection of this kind"));
    }
  }

  private boolean needsTls() {
    ProxyConfig.Tls tls = served.config().tls();
    return tls != null && tls.required() && !opening.encrypted() && !client.socketFile();
  }

  private Optional<Login> way(String user) {
    OwnTls tls = served.tls();
    byte[] endPoint = opening.encrypted() && tls != null ? tls.endPoint() : null;
    return served
        .logins()
        .login(user, opening.encrypted(), client.local(), endPoint, certificate());
  }

  /** The client's own certificate, where it showed one. */
  private @Nullable X509Certificate certificate() {
    return OwnTls.shown(context.pipeline().get(SslHandler.class));
  }

  /** Has evidence checked by a worker; nothing is read from the client meanwhile. */
  void verify(Evidence evidence) {
    context.channel().config().setAutoRead(false);
    served
        .workers()
        .checkLogin(
            () -> {
              try {
                Principal proved = served.logins().verify(evidence);
                onLoop(() -> verified(proved));
              } catch (TokenRefusedException e) {
                LOG.info("a token is not taken ({}): {}", e.problem(), e.getMessage());
                String reason = String.valueOf(e.getMessage());
                onLoop(() -> checked(() -> opening.reject(reason)));
              }
            });
  }

  /** While the proxy ends nobody is there to be told. */
  private void onLoop(Runnable next) {
    if (!context.executor().isShuttingDown()) {
      context.executor().execute(next);
    }
  }

  private void verified(Principal proved) {
    shown = proved;
    checked(opening::accept);
  }

  private void checked(Step next) {
    if (context.channel().isActive()) {
      context.channel().config().setAutoRead(true);
      goes.accept(next);
    }
  }

  /** Who stands behind what the client has shown. */
  Optional<Principal> shown(String user) {
    return Optional.ofNullable(shown).or(() -> served.logins().account(user, certificate()));
  }
}
