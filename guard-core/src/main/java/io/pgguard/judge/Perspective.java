package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.identity.Principal;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Policy;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * All that a decision on a text depends on beside the text. Immutable. The protections follow from
 * the catalog, the policy and the principal.
 *
 * @param catalog the snapshot
 * @param policy the policy in force
 * @param principal who asks
 * @param circumstances what holds around the text, as far as rules ask
 * @param protections what this principal may not see
 * @param path where names are looked for
 * @param objects what the session has made
 * @param prepared the session's prepared statements by name
 * @param unseen what the open transaction may have changed that no snapshot shows
 */
public record Perspective(
    Catalog catalog,
    Policy policy,
    Principal principal,
    Circumstances circumstances,
    Protections protections,
    SearchPath path,
    SessionObjects objects,
    Map<String, StatementAnalysis> prepared,
    Unseen unseen) {
  private static final int MOST_COMPARED = 32;

  /**
   * Every relation that a statement's mentions could name, in any schema, and what lies behind
   * temporary views.
   */
  List<Relation> mentioned(StatementFacts facts) {
    List<Relation> found = new ArrayList<>();
    for (Name mention : facts.relationMentions()) {
      for (Relation relation : catalog.relationsNamed(mention.name())) {
        if (mention.schema() == null || mention.schema().equals(relation.schema())) {
          found.add(relation);
        }
      }
      TemporaryRelation temporary = objects.temporaryRelations().get(mention.name());
      if (temporary != null) {
        temporary.reads().forEach(oid -> catalog.relation(oid).ifPresent(found::add));
      }
    }
    return found;
  }

  /**
   * Whether what a statement names may stand for something else than the snapshot says, so that it
   * could show what this principal may not see.
   */
  boolean mayHaveChanged(StatementFacts facts) {
    return isInDoubt(facts) && !policy.classesHiddenFrom(principal).isEmpty();
  }

  /** Whether what a statement names may stand for something else than the snapshot says. */
  public boolean isInDoubt(StatementFacts facts) {
    return unseen.mayChange(facts)
        || !unseen.isNothing() && !path.beforeSystem().isEmpty() && usesNames(facts);
  }

  /**
   * Whether a statement means what its names stand for: where schemas are searched before
   * pg_catalog, anything new in them may hide what is PostgreSQL's own.
   */
  static boolean usesNames(StatementFacts facts) {
    return switch (facts.effect()) {
      case SESSION, TRANSACTION -> !facts.relationMentions().isEmpty();
      default -> true;
    };
  }

  /**
   * Whether the server may run code of the database's own in parsing a text that nobody vouches
   * for: it reads a constant by the input function of its type, and in rows, arrays and ranges
   * those of domains work out their checks (PostgreSQL, domains.c).
   */
  public boolean parsingMayRun() {
    return unseen.everything()
        || protections.unsafe(protections.reaches().ofTypes(Set.of(0))).isPresent();
  }

  /** As it will be after a statement of the same text. */
  public Perspective with(
      SearchPath newPath,
      SessionObjects newObjects,
      Map<String, StatementAnalysis> nowPrepared,
      Unseen nowUnseen) {
    return new Perspective(
        catalog,
        policy,
        principal,
        circumstances,
        protections,
        newPath,
        newObjects,
        nowPrepared,
        nowUnseen);
  }

  /** The same for a text of which the client declares the types of parameters. */
  public Perspective taking(List<Integer> types) {
    return types.equals(objects.parameters())
        ? this
        : with(path, objects.taking(types), prepared, unseen);
  }

  /** The same over another snapshot of the catalog. */
  public Perspective over(Catalog other, Protections ofOther) {
    return with(other, policy, circumstances, ofOther);
  }

  /** The same names by another catalog and policy, with what that policy's rules ask around it. */
  public Perspective with(
      Catalog newCatalog,
      Policy newPolicy,
      Circumstances newCircumstances,
      Protections newProtections) {
    return new Perspective(
        newCatalog,
        newPolicy,
        principal,
        newCircumstances,
        newProtections,
        path,
        objects,
        prepared,
        unseen);
  }

  /** Whether a temporary relation may hold or show what this principal may not see. */
  boolean carriesProtected(TemporaryRelation temporary) {
    for (OutputLineage column : temporary.columns()) {
      if (!protections.of(column).clean()) {
        return true;
      }
    }
    return false;
  }

  /** A part of a hash: how many names the session has of its own. */
  public int ownNames() {
    return (prepared.size() * 31 + objects.temporaryRelations().size()) * 31
        + objects.cursors().size();
  }

  /**
   * Whether a decision made from the one is known to hold from the other. Compares what each was
   * made of in full; what is the same object needs no look, which is the usual case.
   */
  public boolean same(Perspective other) {
    return this == other || catalog == other.catalog && sameBesideCatalog(other);
  }

  /** Whether it is the {@link #same} as another is when it takes parameters of these types. */
  public boolean sameTaking(Perspective other, List<Integer> types) {
    return catalog == other.catalog && sameBesideCatalog(other, types);
  }

  /** Whether all is the same that a decision depends on beside the catalog. */
  public boolean sameBesideCatalog(Perspective other) {
    return this == other || sameBesideCatalog(other, other.objects.parameters());
  }

  private boolean sameBesideCatalog(Perspective other, List<Integer> types) {
    return circumstances.equals(other.circumstances)
        && policy.hash().equals(other.policy.hash())
        && principal.isJudgedLike(other.principal)
        && path.equals(other.path)
        && alike(objects.prepared(), other.objects.prepared())
        && alike(objects.cursors(), other.objects.cursors())
        && alike(objects.temporaryRelations(), other.objects.temporaryRelations())
        && alike(prepared, other.prepared)
        && objects.parameters().equals(types)
        && Objects.equals(objects.ofCode(), other.objects.ofCode())
        && unseen.everything() == other.unseen.everything()
        && alike(unseen.names(), other.unseen.names());
  }

  /** Sessions with many names of their own share no plans: comparing would cost more. */
  private static boolean alike(Map<String, ?> one, Map<String, ?> other) {
    return one == other || one.size() <= MOST_COMPARED && one.equals(other);
  }
}
