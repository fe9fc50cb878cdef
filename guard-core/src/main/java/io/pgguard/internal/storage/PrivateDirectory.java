package io.pgguard.internal.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories that only the user whom Guard runs as may look into. Thread-safe. */
public final class PrivateDirectory {
  private PrivateDirectory() {}

  /**
   * Makes a directory, and those above it, unless it is there; one that is there keeps its rights.
   *
   * @throws IOException when it cannot be made or is none
   */
  public static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (Files.exists(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(directory);
    }
  }
}
