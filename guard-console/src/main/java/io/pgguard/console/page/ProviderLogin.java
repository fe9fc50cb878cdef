package io.pgguard.console.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.pgguard.ConsoleConfig;
import io.pgguard.console.visit.Role;
import io.pgguard.console.web.TurnedAway;
import io.pgguard.identity.KeysUnavailableException;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenRefusedException;
import io.pgguard.token.SignIn;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logging in at an identity provider. Thread-safe; waits for the provider. */
public final class ProviderLogin {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderLogin.class);
  private static final String BACK = "/login/oidc/back";
  private static final String STATE = "guard-login";
  private static final int LONGEST = 4_096;

  private final Desk desk;
  private final SignIn signIn;
  private final ConsoleConfig.Roles roles;
  private final Supplier<String> url;

  /**
   * @param url what browsers call the console
   */
  public ProviderLogin(Desk desk, SignIn signIn, ConsoleConfig.Roles roles, Supplier<String> url) {
    this.desk = desk;
    this.signIn = signIn;
    this.roles = roles;
    this.url = url;
  }

  /** Adds the pages. */
  public void routes(RoutesConfig routes) {
    routes.get("/login/oidc", this::begin, Role.ANYONE);
    routes.get(BACK, this::end, Role.ANYONE);
  }

  private URI redirect() {
    return URI.create(url.get() + BACK);
  }

  private void begin(Context ctx) {
    try {
      SignIn.Begun begun = signIn.begin(redirect());
      // Lax: the browser comes back from another site, and has to bring it along.
      ctx.cookie(desk.gate().cookie(desk.gate().name(STATE), begun.state(), SameSite.LAX));
      ctx.redirect(begun.address().toString(), HttpStatus.SEE_OTHER);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static TurnedAway unreachable(Exception e) {
    LOG.warn("nobody can log in to the console: the identity provider does not answer", e);
    return new TurnedAway(503, "The identity provider does not answer. Try again in a while.");
  }

  private void end(Context ctx) {
    String kept = ctx.cookie(desk.gate().name(STATE));
    Cookie forgotten = desk.gate().cookie(desk.gate().name(STATE), "", SameSite.LAX);
    forgotten.setMaxAge(0);
    ctx.cookie(forgotten);
    try {
      enter(ctx, signIn.end(kept, answer(ctx), redirect()));
    } catch (KeysUnavailableException | IOException e) {
      throw unreachable(e);
    } catch (TokenRefusedException e) {
      desk.gate().stranger(ctx);
      LOG.warn("a login to the console was refused, {}: {}", e.problem(), e.getMessage());
      desk.gate().log(ctx, null, "login refused", "oidc " + e.problem());
      throw new TurnedAway(403, "You could not be logged in. Begin again at /login.");
    }
  }

  private static Map<String, String> answer(Context ctx) {
    Map<String, String> answer = new LinkedHashMap<>();
    ctx.queryParamMap()
        .forEach(
            (name, values) -> {
              // What comes twice is read as neither.
              if (values.size() == 1 && values.get(0).length() <= LONGEST) {
                answer.put(name, values.get(0));
              }
            });
    return answer;
  }

  private void enter(Context ctx, Principal person) {
    if (desk.guard().denied().denies(person)) {
      desk.gate().log(ctx, person, "login refused", "denied");
      throw new TurnedAway(403, "You could not be logged in. Begin again at /login.");
    }
    Set<Role> given = Role.of(person, roles);
    if (given.isEmpty()) {
      desk.gate().log(ctx, person, "login refused", "no role");
      throw new TurnedAway(
          403,
          "You are known as "
              + person.subject()
              + ", and your groups give you no role here. Ask who runs Guard (console.roles).");
    }
    desk.gate().begin(ctx, person, given, "oidc");
    // A page, and no redirect: one behind another site's would come without the new cookie.
    desk.rendering().page(ctx, "entered", "Logged in", person.subject(), null);
  }
}
