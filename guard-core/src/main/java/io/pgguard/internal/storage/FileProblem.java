package io.pgguard.internal.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says in words what a file system would not do. Stateless and thread-safe. */
public final class FileProblem {
  private FileProblem() {}

  /**
   * What went wrong, as the end of a sentence.
   *
   * @param path what was to be used; another path in the error is named
   */
  public static String of(Path path, IOException e) {
    String file = e instanceof FileSystemException problem ? problem.getFile() : null;
    String place = file == null || file.equals(path.toString()) ? "" : file + ": ";
    if (e instanceof NoSuchFileException) {
      return place + "there is no such file or directory";
    } else if (e instanceof AccessDeniedException) {
      return place + "this process has no right to it";
    } else if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return place + "it is there and is no directory";
    } else if (e instanceof FileSystemException problem && problem.getReason() != null) {
      return place + problem.getReason();
    }
    return e.getMessage() == null ? "the file system gave no reason" : e.getMessage();
  }
}
