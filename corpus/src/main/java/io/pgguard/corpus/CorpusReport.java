package io.pgguard.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Prints measures, and writes them to a file as they come. One thread at a time. */
public final class CorpusReport {
  private final Path file;

  /** Starts the report anew. */
  public CorpusReport(Path file) throws IOException {
    this.file = file;
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.writeString(file, "");
  }

  void add(Measure measure) throws IOException {
    StringBuilder text = new StringBuilder(measure.line()).append('\n');
    String skipped = measure.skipped();
    if (!skipped.isEmpty()) {
      text.append(skipped).append('\n');
    }
    for (Verdict verdict : measure.failures()) {
      text.append("  ").append(verdict.id()).append(": ").append(verdict.why()).append('\n');
    }
    System.out.print(text);
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  /** Says how far a long run is. */
  void progress(String name, int done, int of) {
    System.out.println("  " + name + " " + done + " of " + of);
  }
}
