package io.pgguard.console.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.pgguard.console.visit.LoginLinks;
import io.pgguard.console.visit.Role;
import io.pgguard.console.web.TurnedAway;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logging in and out. Thread-safe. */
public final class Entering {
  private static final int LONGEST_KEY = 100;

  private final Desk desk;
  private final LoginLinks links;
  private final boolean printed;
  private final boolean provider;

  /**
   * @param printed whether a link was printed at the start
   * @param provider whether people can log in at an identity provider
   */
  public Entering(Desk desk, LoginLinks links, boolean printed, boolean provider) {
    this.desk = desk;
    this.links = links;
    this.printed = printed;
    this.provider = provider;
  }

  /** Adds the pages. */
  public void routes(RoutesConfig routes) {
    routes.get("/login", this::login, Role.ANYONE);
    routes.get("/login/link", this::showLink, Role.ANYONE);
    routes.post("/login/link", this::useLink, Role.ANYONE);
    routes.post("/logout", this::logout, Role.REVIEWER, Role.AUDITOR, Role.ADMIN);
  }

  private void login(Context ctx) {
    if (desk.gate().maybeVisit(ctx).isPresent()) {
      ctx.redirect("/", HttpStatus.SEE_OTHER);
      return;
    }
    desk.rendering()
        .page(ctx, "login", "Log in", Map.of("link", printed, "provider", provider), null);
  }

  /** Only shows a button: what looks at links before people do must not use it up. */
  private void showLink(Context ctx) {
    String key = key(ctx.queryParam("key"));
    desk.rendering().page(ctx, "link", "Log in", key, null);
  }

  private static String key(@Nullable String key) {
    if (key == null || key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new TurnedAway(400, "This link is not whole. Copy all of it.");
    }
    return key;
  }

  private void useLink(Context ctx) {
    String key = key(ctx.formParam("key"));
    Optional<LoginLinks.Invited> who = links.use(key);
    if (who.isEmpty()) {
      desk.gate().stranger(ctx); // a good key is never held up by those who guess
      desk.gate().log(ctx, null, "login refused", "link");
      throw new TurnedAway(
          403, "This link was used already, or its time is over. Restart Guard for a new one.");
    }
    desk.gate().begin(ctx, who.get().principal(), who.get().roles(), "link");
    ctx.redirect("/", HttpStatus.SEE_OTHER);
  }

  private void logout(Context ctx) {
    desk.gate().end(ctx);
    ctx.redirect("/login", HttpStatus.SEE_OTHER);
  }
}
