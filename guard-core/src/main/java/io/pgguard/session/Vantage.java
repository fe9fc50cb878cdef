package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.SearchPath;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.memory.SessionMemory;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One session's perspective, kept until something that it is made of is another object. Used by the
 * session's thread.
 */
final class Vantage {
  private final SeenCatalog catalogs;
  private final Supplier<Policy> policies;
  private final Principal principal;
  private final Around around;
  private final SessionMemory memory;
  private @Nullable Perspective last;

  Vantage(
      SeenCatalog catalogs,
      Supplier<Policy> policies,
      Principal principal,
      Around around,
      SessionMemory memory) {
    this.catalogs = catalogs;
    this.policies = policies;
    this.principal = principal;
    this.around = around;
    this.memory = memory;
  }

  /**
   * How the session sees things now, with what a text names that was prepared before.
   *
   * @param intent why it asks, or null
   * @throws io.pgguard.catalog.CatalogUnavailableException when there is no good catalog
   */
  Perspective now(@Nullable String intent, String text) {
    Perspective seen = now(intent);
    if (seen.prepared().isEmpty()) {
      return seen; // before the text is looked at: most sessions prepare nothing by SQL
    }
    List<String> names = PreparedNames.in(text);
    if (names.isEmpty()) {
      return seen;
    }
    SessionObjects own = new SessionObjects(Map.of(), Map.of(), memory.temporaryRelations());
    memory.judgeAnew(
        names, analysis -> catalogs.judgeAnew(analysis, seen.policy(), around, principal, own));
    return now(intent);
  }

  /**
   * How the session sees things now.
   *
   * @param intent why it asks, or null
   * @throws io.pgguard.catalog.CatalogUnavailableException when there is no good catalog
   */
  Perspective now(@Nullable String intent) {
    Catalog catalog = catalogs.catalog();
    Policy policy = policies.get();
    Perspective before = last;
    if (before != null
        && (before.catalog() != catalog
            || before.policy() != policy
            || !before.path().equals(memory.path())
            || before.objects().temporaryRelations() != memory.temporaryRelations())) {
      memory.outdated();
    }
    Circumstances circumstances = around.now(policy, intent);
    SearchPath path = memory.path();
    SessionObjects objects = memory.objects();
    Unseen unseen = catalogs.unseen(catalog);
    Map<String, StatementAnalysis> prepared = memory.preparedStatements();
    if (before != null
        && before.catalog() == catalog
        && before.policy() == policy
        && before.path() == path
        && before.objects() == objects
        && before.prepared() == prepared
        && before.circumstances() == circumstances
        && before.unseen() == unseen) {
      return before;
    }
    Perspective perspective =
        new Perspective(
            catalog,
            policy,
            principal,
            circumstances,
            catalogs.protections(catalog, policy, principal),
            path,
            objects,
            prepared,
            unseen);
    last = perspective;
    return perspective;
  }
}
