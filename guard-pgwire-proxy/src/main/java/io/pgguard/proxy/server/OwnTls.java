package io.pgguard.proxy.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.pgguard.GuardConfigException;
import io.pgguard.ProxyConfig;
import io.pgguard.proxy.database.EndPoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Guard's own certificate, and TLS with clients by it. Immutable and thread-safe. */
final class OwnTls {
  /** PostgreSQL documentation, "Protocol Flow", "SSL Session Encryption". */
  static final String ALPN = "postgresql";

  private final SslContext context;
  private final byte @Nullable [] endPoint;

  private OwnTls(SslContext context, byte @Nullable [] endPoint) {
    this.context = context;
    this.endPoint = endPoint;
  }

  /**
   * Reads certificate and key.
   *
   * @throws GuardConfigException when they cannot be used
   */
  static OwnTls read(ProxyConfig.Tls tls, Path directory) {
    Path certificate = directory.resolve(tls.certificate());
    Path key = directory.resolve(tls.key());
    try (InputStream in = Files.newInputStream(certificate)) {
      X509Certificate first =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      SslContextBuilder builder =
          SslContextBuilder.forServer(certificate.toFile(), key.toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      ALPN));
      String authorities = tls.clientCa();
      if (authorities != null) {
        builder
            .trustManager(directory.resolve(authorities).toFile())
            .clientAuth(ClientAuth.OPTIONAL); // who shows one that is not good is not let in
      }
      return new OwnTls(builder.build(), EndPoint.of(first));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new GuardConfigException(
          "proxy.tls: certificate "
              + certificate
              + " and key "
              + key
              + (tls.clientCa() == null ? "" : ", or clientCa " + tls.clientCa() + ",")
              + " cannot be used",
          e);
    }
  }

  SslHandler handler(ByteBufAllocator allocator) {
    return context.newHandler(allocator);
  }

  /** The certificate that a client showed and that was verified, if it showed one. */
  static @Nullable X509Certificate shown(@Nullable SslHandler handler) {
    try {
      return handler == null
          ? null
          : (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }

  /** What SCRAM binds to; null where the certificate's signature has no hash of its own. */
  byte @Nullable [] endPoint() {
    return endPoint;
  }
}
