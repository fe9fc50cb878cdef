package io.pgguard.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate for 127.0.0.1 that the JDK's own keytool makes. */
final class TestCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path directory;
  private final KeyStore store;

  /** Writes {@code server.crt} and {@code server.key} into a directory. */
  TestCertificate(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    this(directory, "server", "CN=guard");
  }

  /** The same with other names: of the files, and of whom it is for. */
  TestCertificate(Path directory, String name, String subject)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.directory = directory;
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "guard",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                subject,
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-validity",
                "3",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    pem(name + ".crt", "CERTIFICATE", certificate().getEncoded());
    pem(name + ".key", "PRIVATE KEY", store.getKey("guard", PASSWORD).getEncoded());
  }

  private Certificate certificate() throws GeneralSecurityException {
    return store.getCertificate("guard");
  }

  private void pem(String name, String label, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  /** An encrypted socket to a port, without a request for it. */
  SSLSocket direct(int port, String... protocols) throws IOException, GeneralSecurityException {
    return over(new Socket("127.0.0.1", port), protocols);
  }

  /** An encrypted socket over a plain one. */
  SSLSocket over(Socket plain, String... protocols) throws IOException, GeneralSecurityException {
    return over(plain, null, protocols);
  }

  /**
   * @param own the client's own certificate, or null
   */
  private SSLSocket over(Socket plain, @Nullable TestCertificate own, String... protocols)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("guard", certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own == null ? null : own.keys(), trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private KeyManager[] keys() throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  /** An encrypted socket by an SSLRequest. */
  SSLSocket requested(int port) throws IOException, GeneralSecurityException {
    return requested(port, null);
  }

  /** The same by a client that has a certificate of its own. */
  SSLSocket requested(int port, @Nullable TestCertificate own)
      throws IOException, GeneralSecurityException {
    Socket plain = new Socket("127.0.0.1", port);
    plain.setSoTimeout(20_000);
    OutputStream out = plain.getOutputStream();
    out.write(new io.pgguard.pgwire.message.SSLRequest().toByteArray());
    int answer = plain.getInputStream().read();
    if (answer != 'S') {
      throw new IOException("the proxy answered " + answer);
    }
    return over(plain, own);
  }
}
