package io.pgguard.proxy.login;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateNameTest {
  @Test
  void oneCommonName_isWhoseCertificateItIs() {
    CertificateName etl = new CertificateName("etl");
    assertTrue(etl.fits(new X500Principal("CN=etl, O=Example")));
    assertTrue(etl.fits(new X500Principal("O=Example+CN=etl")));
    assertTrue(
        new CertificateName("CN=etl,O=Example").fits(new X500Principal("CN=etl, O=Example")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=etl+CN=other",
        "CN=other+CN=etl",
        "CN=etl, CN=other",
        "CN=etl+CN=etl2, O=Example",
        "CN=ETL",
        "CN=\"etl,CN=x\"",
        "O=etl",
        "OU=\"CN=etl\""
      })
  void otherNames_areNobodys(String subject) {
    assertFalse(new CertificateName("etl").fits(new X500Principal(subject)), subject);
  }

  @Test
  void whatLooksLikeAWholeNameAndIsNone_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CertificateName("=etl"));
  }
}
