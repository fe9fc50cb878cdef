package io.pgguard.console.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.pgguard.approval.Answer;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.console.read.Sheets;
import io.pgguard.console.read.ShownValue;
import io.pgguard.console.read.Sight;
import io.pgguard.console.visit.Role;
import io.pgguard.console.visit.Visit;
import io.pgguard.console.web.Gate;
import io.pgguard.console.web.TurnedAway;
import io.pgguard.identity.Principal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages on which people answer: what waits, and one request. Thread-safe. */
public final class Reviewing {
  /** The longest reason that is taken. */
  private static final int LONGEST_REASON = 2_000;

  private final Desk desk;

  public Reviewing(Desk desk) {
    this.desk = desk;
  }

  /** Adds the pages. */
  public void routes(RoutesConfig routes) {
    routes.get("/waiting", this::waiting, Role.REVIEWER);
    routes.get("/requests/{id}", this::request, Role.REVIEWER);
    routes.post("/requests/{id}/approve", this::approve, Role.REVIEWER);
    routes.post("/requests/{id}/refuse", this::refuse, Role.REVIEWER);
  }

  private void waiting(Context ctx) {
    Principal viewer = Gate.visit(ctx).principal();
    desk.rendering()
        .page(
            ctx, "waiting", "Waiting", WaitingView.of(desk.guard().approvals().pending(), viewer));
  }

  /** The list of what waits, for a page that is open. */
  public String list(Visit visit) {
    return desk.rendering()
        .part(
            "waitingList",
            visit,
            WaitingView.of(desk.guard().approvals().pending(), visit.principal()));
  }

  private ApprovalCase find(Context ctx) {
    return desk.guard().approvals().find(ctx.pathParam("id")).orElseThrow(TurnedAway::notFound);
  }

  private List<ShownValue> values(ApprovalRequest request, Principal viewer) {
    return desk.sight().values(request.database(), viewer, request.text(), request.values());
  }

  private static Sheets sheets(ApprovalRequest request, List<ShownValue> values) {
    return Sheets.of(request.text(), values.stream().map(ShownValue::text).toList());
  }

  private void request(Context ctx) {
    Visit visit = Gate.visit(ctx);
    ApprovalCase one = find(ctx);
    ApprovalRequest request = one.request();
    List<ShownValue> values = values(request, visit.principal());
    Sheets sheets = sheets(request, values);
    int index = index(ctx, sheets.count());
    if (!RequestView.mayOpen(visit, request.id(), index)) {
      ctx.redirect("/requests/" + request.id(), HttpStatus.SEE_OTHER);
      return;
    }
    visit.readSheet(request.id(), index);
    Instant now = desk.clock().instant();
    boolean own = isOwn(request, visit.principal());
    RequestView view =
        new RequestView(
            one,
            one.status(now),
            now,
            sheets,
            index,
            values,
            desk.sight()
                .explain(request.database(), request.principal(), request.text())
                .orElse(null),
            own,
            obstacle(own, values),
            visit.hasRead(request.id(), sheets.count()));
    desk.rendering().page(ctx, "request", "Request " + request.id(), view);
  }

  private static int index(Context ctx, int count) {
    String sheet = ctx.queryParam("sheet");
    if (sheet == null) {
      return 0;
    }
    try {
      int index = Integer.parseInt(sheet) - 1;
      if (index >= 0 && index < count) {
        return index;
      }
    } catch (NumberFormatException notOne) {
      throw new TurnedAway(404, "There is no such sheet: " + notOne.getMessage());
    }
    throw new TurnedAway(404, "There is no such sheet.");
  }

  private static boolean isOwn(ApprovalRequest request, Principal viewer) {
    return !Collections.disjoint(request.principal().people(), viewer.people());
  }

  /** Why somebody cannot approve here what may be approved. */
  private static String obstacle(boolean own, List<ShownValue> values) {
    if (own) {
      return "This is your own request: somebody else must approve it.";
    }
    for (ShownValue value : values) {
      if (!value.whole()) {
        return "Value $"
            + value.number()
            + " is longer than what Guard keeps of it, so nobody can read it whole; it cannot be"
            + " approved here.";
      }
      if (value.hidden().equals(Sight.DOUBT)) {
        return "Value $"
            + value.number()
            + " may hold what you may not see, and nobody approves unseen: somebody who is cleared"
            + " for it must approve.";
      }
    }
    return "";
  }

  private void approve(Context ctx) {
    Visit visit = Gate.visit(ctx);
    ApprovalRequest request = find(ctx).request();
    List<ShownValue> values = values(request, visit.principal());
    String obstacle = obstacle(isOwn(request, visit.principal()), values);
    if (!obstacle.isEmpty()) {
      throw new TurnedAway(403, obstacle);
    }
    if (!visit.hasRead(request.id(), sheets(request, values).count())) {
      throw new TurnedAway(403, "Read it to its end first: not every sheet was opened.");
    }
    answered(
        ctx,
        desk.guard()
            .approvals()
            .approve(request.id(), visit.principal(), reason(ctx, visit, false)));
  }

  private void refuse(Context ctx) {
    Visit visit = Gate.visit(ctx);
    String id = find(ctx).request().id();
    answered(ctx, desk.guard().approvals().refuse(id, visit.principal(), reason(ctx, visit, true)));
  }

  private static @Nullable String reason(Context ctx, Visit visit, boolean needed) {
    if (!visit.answers().pass()) {
      throw new TurnedAway(429, "That was much at once. Please wait a moment.");
    }
    String given = ctx.formParam("reason");
    String reason = given == null ? "" : given.strip();
    if (reason.length() > LONGEST_REASON) {
      throw new TurnedAway(400, "A reason has at most " + LONGEST_REASON + " characters.");
    }
    if (reason.isEmpty() && needed) {
      throw new TurnedAway(400, "Say why you refuse: the agent reads it and can do better.");
    }
    return reason.isEmpty() ? null : reason;
  }

  private void answered(Context ctx, Answer answer) {
    if (answer instanceof Answer.NotCounted no) {
      throw new TurnedAway(409, "Your answer does not count: " + no.message() + ".");
    }
    Gate.visit(ctx).leave(told(answer));
    ctx.redirect("/requests/" + ctx.pathParam("id"), HttpStatus.SEE_OTHER);
  }

  private static String told(Answer answer) {
    if (answer instanceof Answer.Granted granted) {
      return "Approved. It may run once, until " + Times.text(granted.grant().expiresAt()) + ".";
    }
    if (answer instanceof Answer.Counted counted) {
      return "Your approval counts. Still needed: " + WaitingView.needed(counted.missing()) + ".";
    }
    return "Refused. The agent is told your reason.";
  }
}
