package io.pgguard.jdbc.internal.wire;

import io.pgguard.pgwire.message.SSLRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Asks a server for TLS (SSLRequest) and does the handshake on the same socket. */
final class TlsHandshake {
  private TlsHandshake() {}

  /**
   * The encrypted socket over a plain, connected one.
   *
   * @throws IOException when the server has no TLS, or its certificate is not accepted
   */
  static SSLSocket over(Socket plain, String host, int port, ServerTls tls) throws IOException {
    plain.getOutputStream().write(new SSLRequest().toByteArray());
    InputStream in = plain.getInputStream();
    int answer = in.read();
    if (answer != 'S') {
      throw new IOException(
          "the server at " + host + ":" + port + " does not offer TLS, which the settings demand");
    }
    if (in.available() > 0) {
      throw new IOException("the server sent plain bytes before the TLS handshake");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust(tls), null);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      if (tls.mode() == ServerTls.Mode.VERIFY_FULL) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS to " + host + ":" + port + " cannot be set up", e);
    }
  }

  /** Null means the system's authorities. */
  private static TrustManager @Nullable [] trust(ServerTls tls)
      throws GeneralSecurityException, IOException {
    if (tls.mode() == ServerTls.Mode.REQUIRE) {
      return new TrustManager[] {new AnyServer()};
    }
    Path authorities = tls.authorities();
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities == null ? null : read(authorities));
    return factory.getTrustManagers();
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
}
