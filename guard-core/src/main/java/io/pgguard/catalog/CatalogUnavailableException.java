package io.pgguard.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Says that the catalog cannot be read, or that what is known of it is too old to decide by.
 * Statements must be refused meanwhile.
 */
public final class CatalogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and what to do
   */
  public CatalogUnavailableException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong and what to do
   * @param cause what failed
   */
  public CatalogUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
