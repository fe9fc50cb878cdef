package io.pgguard.console;

import io.pgguard.identity.Principal;
import io.pgguard.session.Explanation;
import java.util.List;
import java.util.Optional;

/**
 * Tells what Guard would make of a text in one of the databases that it stands before. Whoever
 * starts the console has the way there, and gives this. Must be thread-safe.
 */
public interface Explaining {
  /** Of a console that has no way to any database: it then shows less, and hides what it must. */
  Explaining NOTHING =
      new Explaining() {
        @Override
        public List<String> databases() {
          return List.of();
        }

        @Override
        public Optional<Explanation> explain(String database, Principal principal, String text) {
          return Optional.empty();
        }
      };

  /** The databases that can be asked about, by their addresses, as {@code host:port/name}. */
  List<String> databases();

  /**
   * What Guard would make of a text if a principal asked for it.
   *
   * @param database its address, as {@code host:port/name}, or its name where no other has it
   * @return empty where there is no such database
   * @throws io.pgguard.catalog.CatalogUnavailableException when its catalog cannot be read
   */
  Optional<Explanation> explain(String database, Principal principal, String text);
}
