package io.pgguard.proxy.database;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whether and how a connection to a server is encrypted. Immutable and thread-safe. */
public final class ServerTls {
  private final @Nullable SSLContext context;
  private final boolean checkName;

  private ServerTls(@Nullable SSLContext context, boolean checkName) {
    this.context = context;
    this.checkName = checkName;
  }

  /**
   * As the configuration says; where it says nothing, a loopback address needs none and every other
   * server is verified in full.
   *
   * @throws GuardConfigException when it cannot be set up
   */
  public static ServerTls of(GuardConfig config, String host) {
    String mode = config.database().tls();
    String word =
        mode == null ? (loopback(host) ? "disable" : "verify-full") : mode.toLowerCase(Locale.ROOT);
    String ca = config.database().tlsCa();
    Path authorities = ca == null ? null : config.directory().resolve(ca);
    return switch (word) {
      case "disable" -> none();
      case "require" -> new ServerTls(context(InsecureTrustManagerFactory.INSTANCE, config), false);
      case "verify-ca" -> new ServerTls(context(trust(authorities), config), false);
      case "verify-full" -> new ServerTls(context(trust(authorities), config), true);
      default ->
          throw new GuardConfigException(
              "database.tls must be disable, require, verify-ca or verify-full, not " + mode);
    };
  }

  /** No encryption. */
  public static ServerTls none() {
    return new ServerTls(null, false);
  }

  /** Encryption with whoever is there: nobody who only listens learns what is said. */
  public static ServerTls unverified() {
    return new ServerTls(context(InsecureTrustManagerFactory.INSTANCE, null), false);
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new GuardConfigException("the server's host " + host + " is not known", e);
    }
  }

  /**
   * @param own names Guard's own certificate, if it has one
   */
  private static SSLContext context(TrustManagerFactory trust, @Nullable GuardConfig own) {
    SslContextBuilder builder =
        SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(trust);
    String certificate = own == null ? null : own.database().tlsCertificate();
    String key = own == null ? null : own.database().tlsKey();
    try {
      if (own != null && certificate != null && key != null) {
        builder.keyManager(
            own.directory().resolve(certificate).toFile(), own.directory().resolve(key).toFile());
      }
      return ((JdkSslContext) builder.build()).context();
    } catch (SSLException | IllegalArgumentException e) {
      throw new GuardConfigException(
          "database.tls: TLS to the database cannot be set up"
              + (certificate == null
                  ? ""
                  : " with the certificate " + certificate + " and the key " + key),
          e);
    }
  }

  /** Null means the Java platform's own authorities. */
  private static TrustManagerFactory trust(@Nullable Path authorities) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities == null ? null : read(authorities));
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw new GuardConfigException(
          "database.tlsCa: the authorities in " + authorities + " cannot be read", e);
    }
  }

  private static KeyStore read(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new IOException("no certificate in " + file);
      }
      int number = 0;
      for (Certificate each : all) {
        store.setCertificateEntry("authority-" + number++, each);
      }
    }
    return store;
  }

  /** Whether connections are encrypted. */
  public boolean wanted() {
    return context != null;
  }

  /**
   * An engine for one connection.
   *
   * @throws IllegalStateException when connections are not encrypted
   */
  public SSLEngine engine(String host, int port) {
    SSLEngine engine = context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setSSLParameters(parameters(engine.getSSLParameters()));
    return engine;
  }

  SSLContext context() {
    SSLContext set = context;
    if (set == null) {
      throw new IllegalStateException("connections to this server are not encrypted");
    }
    return set;
  }

  SSLParameters parameters(SSLParameters parameters) {
    if (checkName) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }
}
