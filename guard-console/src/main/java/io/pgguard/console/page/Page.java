package io.pgguard.console.page;

import io.pgguard.console.visit.Role;
import io.pgguard.console.visit.Visit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every page has. Immutable but for the visit.
 *
 * @param title its title
 * @param path its address's path
 * @param visit who looks at it, or null for nobody who is logged in
 * @param notice a sentence on what was just done, or null
 * @param assets the addresses of files by their names
 */
public record Page(
    String title,
    String path,
    @Nullable Visit visit,
    @Nullable String notice,
    UnaryOperator<String> assets) {

  /** The address of a file. */
  public String asset(String name) {
    return assets.apply(name);
  }

  /** Whether who looks has a role. */
  public boolean may(Role role) {
    return visit != null && visit.is(role);
  }

  /** Whether who looks may see what is done, and not only what waits. */
  public boolean mayAudit() {
    return may(Role.AUDITOR);
  }

  /** Whether who looks may see what waits. */
  public boolean mayReview() {
    return may(Role.REVIEWER);
  }

  /** {@code page} where the page is in this part of the console, as ARIA wants it, else null. */
  public @Nullable String current(String prefix) {
    boolean here = path.equals(prefix) || (!prefix.equals("/") && path.startsWith(prefix + "/"));
    return here ? "page" : null;
  }

  /** The token that forms carry. */
  public String csrf() {
    return visit == null ? "" : visit.csrf();
  }

  /** Who looks. */
  public String person() {
    return visit == null ? "" : visit.principal().subject();
  }
}
