package io.pgguard.audit;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of a log's files and where they lie. */
final class Segments {
  static final String CHECKPOINTS = "checkpoints.jsonl";
  static final String LOCK = "audit.lock";
  private static final Pattern NAME = Pattern.compile("audit-\\d{12}\\.jsonl");
  private static final int PREFIX = "audit-".length();

  private Segments() {}

  static Path file(Path directory, long number) {
    return directory.resolve(String.format("audit-%012d.jsonl", number));
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  static long number(Path file) {
    return Long.parseLong(name(file).substring(PREFIX, PREFIX + 12));
  }

  /** The segment files, oldest first. */
  static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> NAME.matcher(name(file)).matches()).sorted().toList();
    }
  }

  /** Makes names of new or removed files durable, where the platform can. */
  static void forceDirectory(Path directory) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return; // a directory cannot be opened there, and NTFS keeps names in its journal
    }
    boolean interrupted = false;
    boolean forced = false;
    while (!forced) {
      interrupted |= Thread.interrupted();
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
        forced = true;
      } catch (ClosedByInterruptException e) {
        interrupted = true; // an agent's thread is interrupted at will: once more
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
