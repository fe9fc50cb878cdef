package io.pgguard.proxy.database;

import com.ongres.scram.common.util.TlsServerEndpoint;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A server's certificate as SCRAM binds to it: tls-server-end-point (RFC 5929). */
public final class EndPoint {
  private EndPoint() {}

  /** Of the other end of an encrypted connection; null where its certificate has none. */
  public static byte @Nullable [] of(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate first ? of(first) : null;
    } catch (SSLPeerUnverifiedException e) {
      return null; // no certificate, nothing to bind to
    }
  }

  /** Of a certificate; null where its signature's hash is not defined. */
  public static byte @Nullable [] of(X509Certificate certificate) {
    try {
      byte[] hash = TlsServerEndpoint.getChannelBindingData(certificate);
      return hash.length == 0 ? null : hash;
    } catch (CertificateEncodingException e) {
      return null; // nothing to bind to
    }
  }
}
