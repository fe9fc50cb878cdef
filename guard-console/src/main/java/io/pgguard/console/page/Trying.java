package io.pgguard.console.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.pgguard.console.Explaining;
import io.pgguard.console.visit.Role;
import io.pgguard.console.web.TurnedAway;
import io.pgguard.identity.Principal;
import io.pgguard.session.Explanation;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of the policy, on which a statement can be tried: nothing of it runs. Thread-safe. */
public final class Trying {
  private static final int LONGEST = 20_000;

  private final Desk desk;
  private final Explaining explaining;

  public Trying(Desk desk, Explaining explaining) {
    this.desk = desk;
    this.explaining = explaining;
  }

  /** Adds the pages. */
  public void routes(RoutesConfig routes) {
    routes.get("/policy", ctx -> show(ctx, null), Role.AUDITOR);
    routes.post("/policy", this::tryOne, Role.AUDITOR);
  }

  private void show(Context ctx, PolicyView.@Nullable Tried tried) {
    PolicyView view = new PolicyView(desk.guard().policy(), explaining.databases(), tried);
    desk.rendering().page(ctx, "policy", "Policy", view);
  }

  private void tryOne(Context ctx) {
    String database = given(ctx, "database");
    String person = given(ctx, "person").strip();
    String groups = given(ctx, "groups");
    String text = given(ctx, "text");
    if (person.isEmpty() || text.isBlank() || text.length() > LONGEST) {
      throw new TurnedAway(
          400, "Give a person and a statement of up to " + LONGEST + " characters.");
    }
    Principal principal = new Principal(person, words(groups), null, null);
    Explanation explanation = desk.sight().explain(database, principal, text).orElse(null);
    show(ctx, new PolicyView.Tried(database, person, groups, text, explanation));
  }

  private static String given(Context ctx, String field) {
    String value = ctx.formParam(field);
    return value == null ? "" : value;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split("[\\s,]+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
