package io.pgguard.console.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import io.javalin.security.RouteRole;
import io.pgguard.Guard;
import io.pgguard.audit.AuditEvent;
import io.pgguard.console.visit.RateLimit;
import io.pgguard.console.visit.Role;
import io.pgguard.console.visit.Secrets;
import io.pgguard.console.visit.Visit;
import io.pgguard.console.visit.Visits;
import io.pgguard.identity.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: by the name that they call the console, the login that they carry, its roles,
 * and the token that a form of ours carries. What is let in stands in the audit log before it is
 * served. Thread-safe.
 */
public final class Gate {
  /** The form's field, and the header, with a visit's token. */
  public static final String CSRF = "csrf";

  private static final String CSRF_HEADER = "X-CSRF";
  private static final String VISIT = "guard.visit";
  private static final int LONGEST_LOGGED = 500;
  private static final int MOST_ADDRESSES = 10_000;

  private final Guard guard;
  private final Origin origin;
  private final Visits visits;
  private final InstantSource clock;
  private final Cache<String, RateLimit> strangers =
      Caffeine.newBuilder()
          .maximumSize(MOST_ADDRESSES)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  public Gate(Guard guard, Origin origin, Visits visits, InstantSource clock) {
    this.guard = guard;
    this.origin = origin;
    this.visits = visits;
    this.clock = clock;
  }

  /** Before anything else is looked at. */
  void named(Context ctx) {
    if (!origin.isNamed(ctx.header("Host"))) {
      throw new TurnedAway(421, "The console is not called by this name.");
    }
    if (isWrite(ctx) && !origin.sent(ctx.header("Origin"), ctx.header("Sec-Fetch-Site"))) {
      throw new TurnedAway(403, "This was not sent by a page of the console.");
    }
  }

  private static boolean isWrite(Context ctx) {
    return ctx.method() != HandlerType.GET && ctx.method() != HandlerType.HEAD;
  }

  /** Before the code of a page runs. A page that names no role is for nobody. */
  void admit(Context ctx) {
    Set<RouteRole> wanted = ctx.routeRoles();
    if (wanted.contains(Role.ANYONE)) {
      return;
    }
    Visit visit = visits.find(ctx.cookie(cookieName())).orElse(null);
    if (visit == null) {
      throw new TurnedAway(401, "Please log in.");
    }
    if (!visit.requests().pass()) {
      throw new TurnedAway(429, "That was much at once. Please wait a moment.");
    }
    if (Collections.disjoint(wanted, visit.roles())) {
      log(ctx, visit.principal(), "refused", asked(ctx));
      throw new TurnedAway(403, "Your groups give you no access to this page.");
    }
    if (isWrite(ctx)) {
      checkToken(ctx, visit.csrf());
    }
    ctx.attribute(VISIT, visit);
    log(ctx, visit.principal(), ctx.method().name(), asked(ctx));
  }

  private static void checkToken(Context ctx, String token) {
    String header = ctx.header(CSRF_HEADER);
    String shown = header != null ? header : ctx.formParam(CSRF);
    if (shown == null || !Secrets.same(shown, token)) {
      throw new TurnedAway(403, "This form is from another login. Load the page again.");
    }
  }

  private static String asked(Context ctx) {
    String query = ctx.queryString();
    String asked = query == null ? ctx.path() : ctx.path() + "?" + query;
    return asked.length() <= LONGEST_LOGGED ? asked : asked.substring(0, LONGEST_LOGGED);
  }

  /** Puts something into the audit log that was done here. */
  public void log(Context ctx, @Nullable Principal by, String what, @Nullable String about) {
    guard.tell(new AuditEvent.ConsoleAccess(clock.instant(), by, ctx.ip(), what, about));
  }

  /** Whether one who is not logged in may try once more. */
  public void stranger(Context ctx) {
    RateLimit limit = strangers.get(ctx.ip(), ip -> new RateLimit(20, 0.2));
    if (!limit.pass()) {
      throw new TurnedAway(429, "Too many tries. Please wait a minute.");
    }
  }

  /** The visit that was let in. */
  public static Visit visit(Context ctx) {
    return Objects.requireNonNull(ctx.<Visit>attribute(VISIT), "the page asks for no role");
  }

  /** The visit of whoever asks, on pages that need none. */
  public Optional<Visit> maybeVisit(Context ctx) {
    return visits.find(ctx.cookie(cookieName()));
  }

  /** Logs somebody in, in place of whoever was. */
  public void begin(Context ctx, Principal principal, Set<Role> roles, String by) {
    visits.end(ctx.cookie(cookieName()));
    log(ctx, principal, "login", by);
    Visits.Begun begun = visits.begin(principal, roles);
    ctx.cookie(cookie(cookieName(), begun.secret(), SameSite.STRICT));
  }

  /** Logs somebody out. */
  public void end(Context ctx) {
    visits.end(ctx.cookie(cookieName()));
    ctx.cookie(new Cookie(cookieName(), "", "/", 0, origin.secure(), true, null, SameSite.STRICT));
  }

  /** A cookie that lives as long as the browser, for this host alone. */
  public Cookie cookie(String name, String value, SameSite site) {
    return new Cookie(name, value, "/", -1, origin.secure(), true, null, site);
  }

  private String cookieName() {
    return name("guard-visit");
  }

  /** With HTTPS the browser itself sees to it that no other host has set it (RFC 6265bis). */
  public String name(String plain) {
    return origin.secure() ? "__Host-" + plain : plain;
  }
}
