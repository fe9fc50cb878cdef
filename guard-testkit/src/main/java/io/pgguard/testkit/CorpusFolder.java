package io.pgguard.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the corpora lie that Guard did not write: the folder that {@code -Dguard.corpus} names.
 * They are read from there and are no part of the project.
 */
public final class CorpusFolder {
  private CorpusFolder() {}

  /**
   * A file of the corpora, in the folder itself or its {@code redteam} folder.
   *
   * @return empty where this machine does not have it
   */
  public static Optional<Path> find(String name) {
    String root = System.getProperty("guard.root", "..");
    return in(Path.of(root).resolve(System.getProperty("guard.corpus", "../shared/corpus")), name);
  }

  private static Optional<Path> in(Path folder, String name) {
    Path here = folder.resolve(name);
    return Files.isReadable(here)
        ? Optional.of(here)
        : Optional.of(folder.resolve("redteam").resolve(name)).filter(Files::isReadable);
  }

  /**
   * A file that must be there. What belongs to every set of lines (schema, policy, canaries) may
   * lie with the project's own corpora instead.
   *
   * @throws IllegalStateException when it is nowhere
   */
  public static Path read(String name) {
    Path own = Path.of(System.getProperty("guard.shared", "../../shared")).resolve("corpus");
    return find(name)
        .or(() -> in(own, name))
        .orElseThrow(() -> new IllegalStateException("no " + name + " in -Dguard.corpus"));
  }
}
