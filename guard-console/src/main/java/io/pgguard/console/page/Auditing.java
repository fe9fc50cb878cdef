package io.pgguard.console.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.console.ledger.Ledger;
import io.pgguard.console.ledger.SessionEntry;
import io.pgguard.console.visit.Role;
import io.pgguard.console.web.Gate;
import io.pgguard.console.web.TurnedAway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The pages on which people see what was done. Thread-safe. */
public final class Auditing {
  private static final int MOST_REQUESTS = 50;
  private static final int MOST_SESSIONS = 100;
  private static final int STEPS = 48;

  private final Desk desk;
  private final Ledger ledger;

  public Auditing(Desk desk, Ledger ledger) {
    this.desk = desk;
    this.ledger = ledger;
  }

  /** Adds the pages. */
  public void routes(RoutesConfig routes) {
    routes.get("/", this::overview, Role.REVIEWER, Role.AUDITOR);
    routes.get("/history", this::history, Role.REVIEWER, Role.AUDITOR);
    routes.get("/sessions", this::sessions, Role.AUDITOR);
    routes.get("/sessions/{id}", this::session, Role.AUDITOR);
  }

  private void overview(Context ctx) {
    ledger.catchUp();
    int hours =
        switch (String.valueOf(ctx.queryParam("hours"))) {
          case "1" -> 1;
          case "168" -> 168;
          default -> 24;
        };
    Instant now = desk.clock().instant();
    int minutes = Math.max(1, hours * 60 / STEPS);
    OverviewView view =
        new OverviewView(
            hours,
            ledger.steps(now, hours * 60 / minutes, minutes),
            desk.guard().approvals().pending().size(),
            ledger.open());
    desk.rendering().page(ctx, "overview", "Overview", view);
  }

  private void history(Context ctx) {
    List<ApprovalCase> page =
        desk.guard().approvals().latest(ctx.queryParam("before"), MOST_REQUESTS);
    HistoryView view = HistoryView.of(page, MOST_REQUESTS, desk.clock().instant());
    desk.rendering().page(ctx, "history", "History", view);
  }

  private void sessions(Context ctx) {
    ledger.catchUp();
    String search = search(ctx);
    SessionsView view = new SessionsView(search, ledger.sessions(search, MOST_SESSIONS));
    desk.rendering().page(ctx, "sessions", "Sessions", view);
  }

  private static String search(Context ctx) {
    String given = ctx.queryParam("q");
    return given == null ? "" : given.strip();
  }

  private void session(Context ctx) {
    ledger.catchUp();
    SessionEntry entry = ledger.session(ctx.pathParam("id")).orElseThrow(TurnedAway::notFound);
    Path file = desk.guard().config().recordingDirectory().resolve(entry.id() + ".rec");
    if (!Files.isRegularFile(file)) {
      throw new TurnedAway(404, "There is no recording of this session here any more.");
    }
    try {
      ReplayReader reader =
          new ReplayReader(desk.sight(), entry, Gate.visit(ctx).principal(), search(ctx));
      ReplayView view = reader.read(file, ctx.queryParam("from"));
      desk.rendering().page(ctx, "session", "Session of " + entry.person(), view);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }
}
