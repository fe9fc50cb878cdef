package io.pgguard.proxy.login;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificate an account logs in with: a whole distinguished name (RFC 2253), or a common
 * name. Immutable.
 */
final class CertificateName {
  private final @Nullable X500Principal whole;
  private final String text;

  /**
   * @throws IllegalArgumentException when what looks like a distinguished name is none
   */
  CertificateName(String text) {
    this.text = text;
    this.whole = text.indexOf('=') < 0 ? null : new X500Principal(text);
  }

  /** Whether a verified certificate is that. One with two common names is nobody's. */
  boolean fits(X509Certificate certificate) {
    return fits(certificate.getSubjectX500Principal());
  }

  /** The same of a certificate's subject. */
  boolean fits(X500Principal subject) {
    return whole == null ? commonNames(subject).equals(List.of(text)) : whole.equals(subject);
  }

  private static List<String> commonNames(X500Principal subject) {
    try {
      return new LdapName(subject.getName())
          .getRdns().stream().flatMap(rdn -> attributes(rdn).stream()).toList();
    } catch (InvalidNameException e) {
      throw new IllegalStateException("a name that Java wrote itself is read", e);
    }
  }

  private static List<String> attributes(Rdn rdn) {
    javax.naming.directory.Attribute found = rdn.toAttributes().get("CN");
    try {
      List<String> names = new ArrayList<>();
      for (int i = 0; found != null && i < found.size(); i++) { // CN=a+CN=b is one part of a name
        names.add(String.valueOf(found.get(i)));
      }
      return names;
    } catch (javax.naming.NamingException e) {
      throw new IllegalStateException("an attribute of a name that was read", e);
    }
  }
}
