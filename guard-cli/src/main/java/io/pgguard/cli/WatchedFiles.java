package io.pgguard.cli;

import io.pgguard.GuardConfig;
import io.pgguard.IssuerConfig;
import io.pgguard.ProxyConfig;
import io.pgguard.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a file that a reload reads has changed: the configuration and what it names for
 * clients' logins. They are looked at and not subscribed to, since what is mounted into a container
 * is often replaced by a link to another folder. One thread's.
 */
final class WatchedFiles {
  private final List<Path> files;
  private List<String> seen;

  WatchedFiles(List<Path> files) {
    this.files = files;
    this.seen = look();
  }

  /**
   * What a reload reads.
   *
   * @param file the configuration's own
   * @throws io.pgguard.GuardConfigException when it cannot be read
   */
  static WatchedFiles of(Path file) {
    return new WatchedFiles(named(file, GuardConfig.read(file)));
  }

  static List<Path> named(Path file, GuardConfig config) {
    List<Path> files = new ArrayList<>();
    files.add(file);
    ProxyConfig proxy = config.proxy();
    if (proxy == null) {
      return files;
    }
    ProxyConfig.Tls tls = proxy.tls();
    if (tls != null) {
      add(config, tls.certificate(), files);
      add(config, tls.key(), files);
      add(config, tls.clientCa(), files);
    }
    for (ProxyConfig.Account account : proxy.accounts()) {
      Secret verifier = account.verifier();
      add(config, verifier == null ? null : verifier.file(), files);
    }
    for (IssuerConfig issuer : config.issuers()) {
      String keys = issuer.keys();
      add(config, keys == null || keys.contains("://") ? null : keys, files);
    }
    return files;
  }

  private static void add(GuardConfig config, @Nullable String name, List<Path> files) {
    if (name != null) {
      files.add(config.directory().resolve(name));
    }
  }

  /** Whether one of them is other than when this was asked last. */
  boolean changed() {
    List<String> now = look();
    boolean changed = !now.equals(seen);
    seen = now;
    return changed;
  }

  private List<String> look() {
    List<String> looks = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        looks.add(is.lastModifiedTime() + " " + is.size() + " " + is.fileKey());
      } catch (IOException e) {
        looks.add("none"); // it is being replaced, or gone: the reload tells
      }
    }
    return looks;
  }
}
