package io.pgguard.token;

import com.nimbusds.jose.jwk.JWK;
import io.pgguard.GuardConfigException;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;

/** Keys that stand in a file, read once. Immutable and thread-safe. */
final class FileKeys implements IssuerKeys {
  private final KeySet keys;

  /**
   * @param key which key of the configuration names the file, for errors
   * @throws GuardConfigException when it cannot be read or holds no key
   */
  FileKeys(Path file, String key) {
    try {
      keys = KeySet.read(Files.readString(file));
    } catch (IOException | ParseException e) {
      throw new GuardConfigException(
          key + ": " + file + " is no JWK Set with public keys that sign", e);
    }
  }

  @Override
  public List<JWK> find(String keyId) throws TokenRefusedException {
    List<JWK> found = keys.find(keyId);
    if (found.isEmpty()) {
      throw CompactToken.no(TokenProblem.UNKNOWN_KEY, "its issuer has no such key");
    }
    return found;
  }

  @Override
  public List<JWK> known(String keyId) {
    return keys.find(keyId);
  }
}
