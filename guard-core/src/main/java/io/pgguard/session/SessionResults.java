package io.pgguard.session;

import io.pgguard.audit.StatementEvent.LineageDisagreement;
import io.pgguard.catalog.Catalog;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.MaskPlan;
import io.pgguard.mask.ResultColumn;
import io.pgguard.policy.Policy;
import io.pgguard.reach.Channels;
import io.pgguard.result.CopyShaping;
import io.pgguard.result.DetectorScans;
import io.pgguard.result.ResultShaping;
import io.pgguard.result.RowBounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of what the server sends to one session. Used by the session's thread. */
final class SessionResults {
  private final SessionServices services;
  private final SeenCatalog catalogs;
  private final Principal principal;
  private final String session;
  private final UnderWay underWay;
  private final KnownShapes shapes = new KnownShapes();

  SessionResults(
      SessionServices services,
      SeenCatalog catalogs,
      Principal principal,
      String session,
      UnderWay underWay) {
    this.services = services;
    this.catalogs = catalogs;
    this.principal = principal;
    this.session = session;
    this.underWay = underWay;
  }

  /** What becomes of a described result, by the newest catalog that is known. */
  KnownShapes.Shape shape(StatementAnalysis analysis, List<ResultColumn> columns, long number) {
    Policy policy = services.policy().current();
    Catalog catalog = catalogs.catalog();
    boolean rounded = underWay.roundsFloats();
    KnownShapes.Shape known = shapes.find(analysis, columns, catalog, policy, rounded);
    if (known != null) {
      return known;
    }
    ResultShaping shaping = shaping(analysis, number, policy, catalog);
    MaskPlan plan = shaping.bind(columns);
    KnownShapes.Shape made =
        new KnownShapes.Shape(analysis, columns, catalog, policy, rounded, plan, shaping.masked());
    if (!shaping.disagreed()) { // which is told of each time
      shapes.keep(made);
    }
    return made;
  }

  /** What becomes of a result, by the newest catalog that is known. */
  ResultShaping shaping(StatementAnalysis analysis, long number) {
    return shaping(analysis, number, services.policy().current(), catalogs.catalog());
  }

  private ResultShaping shaping(
      StatementAnalysis analysis, long number, Policy policy, Catalog catalog) {
    Protections protections = analysis.protections();
    if (protections.catalog() != catalog) {
      protections = catalogs.protections(catalog, policy, principal);
    }
    return new ResultShaping(
        analysis,
        catalog,
        protections,
        services.maskKey(),
        DetectorScans.of(policy.detectors()),
        policy.mode() == Policy.Mode.OBSERVE,
        underWay.roundsFloats(),
        (column, detail) ->
            services
                .audit()
                .append(
                    new LineageDisagreement(
                        session, number, services.clock().instant(), column, detail)));
  }

  /** Why no more rows of a cursor may come; null where they may, or it is no FETCH. */
  @Nullable Refusal cursorChanged(StatementAnalysis part, Catalog now) {
    return underWay.cursorChanged(part, now);
  }

  /** What becomes of the rows of a COPY to the client. */
  CopyShaping copyShaping(StatementAnalysis analysis, long number, RowBounds bounds) {
    return new CopyShaping(analysis, shaping(analysis, number), bounds);
  }

  /** Channels that may carry what the principal may not see, now. */
  Channels channels() {
    Catalog catalog = catalogs.catalog();
    return catalogs.protections(catalog, services.policy().current(), principal).channels();
  }
}
