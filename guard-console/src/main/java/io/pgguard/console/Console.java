package io.pgguard.console;

import io.javalin.Javalin;
import io.pgguard.ConsoleConfig;
import io.pgguard.Guard;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.console.ledger.Ledger;
import io.pgguard.console.page.Auditing;
import io.pgguard.console.page.Desk;
import io.pgguard.console.page.Entering;
import io.pgguard.console.page.LogHealth;
import io.pgguard.console.page.ProviderLogin;
import io.pgguard.console.page.Reviewing;
import io.pgguard.console.page.Trying;
import io.pgguard.console.read.Sight;
import io.pgguard.console.visit.LoginLinks;
import io.pgguard.console.visit.Role;
import io.pgguard.console.visit.Visits;
import io.pgguard.console.web.Assets;
import io.pgguard.console.web.Gate;
import io.pgguard.console.web.Origin;
import io.pgguard.console.web.Rendering;
import io.pgguard.console.web.Site;
import io.pgguard.console.web.Streams;
import io.pgguard.identity.Principal;
import io.pgguard.token.SignIn;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The console: pages on which people answer what waits and see what was done. It runs in the
 * process whose Guard it shows. Thread-safe.
 */
public final class Console implements AutoCloseable {
  private final Javalin server;
  private final Streams streams;
  private final ApprovalStore.Subscription told;
  private final Origin origin;
  private final LoginLinks links;
  private final ConsoleConfig config;

  private Console(
      Javalin server,
      Streams streams,
      ApprovalStore.Subscription told,
      Origin origin,
      LoginLinks links,
      ConsoleConfig config) {
    this.server = server;
    this.streams = streams;
    this.told = told;
    this.origin = origin;
    this.links = links;
    this.config = config;
  }

  /**
   * Starts it, as the key {@code console} of Guard's configuration says.
   *
   * @param explaining the way to the databases that Guard stands before
   * @throws GuardConfigException when there is no such key, it cannot be used, or its address is
   *     taken
   */
  public static Console start(Guard guard, Explaining explaining) {
    ConsoleConfig config = config(guard.config());
    Origin origin = read(config);
    InstantSource clock = InstantSource.system();
    Visits visits = new Visits(clock, guard.denied()::denies);
    LoginLinks links = new LoginLinks(clock);
    Assets assets = new Assets();
    Gate gate = new Gate(guard, origin, visits, clock);
    Desk desk = new Desk(guard, new Sight(guard, explaining), new Rendering(assets), gate, clock);
    Optional<SignIn> signIn = Logins.at(guard.config());
    Supplier<String> url = origin::url;
    Reviewing reviewing = new Reviewing(desk);
    Streams streams = new Streams(visits, reviewing::list);
    Ledger ledger = new Ledger(guard.config().auditDirectory());
    Site site = new Site(origin, gate, desk.rendering(), assets);
    try {
      Javalin server =
          site.start(
              routes -> {
                boolean provider = config.oidc() != null;
                new Entering(desk, links, config.link() != null, provider).routes(routes);
                signIn.ifPresent(
                    login -> new ProviderLogin(desk, login, config.roles(), url).routes(routes));
                reviewing.routes(routes);
                new Auditing(desk, ledger).routes(routes);
                new Trying(desk, explaining).routes(routes);
                new LogHealth(desk).routes(routes);
                site.streams(routes, "/waiting/events", streams);
              });
      ApprovalStore.Subscription told = guard.approvals().subscribe(id -> streams.changed());
      return new Console(server, streams, told, origin, links, config);
    } catch (RuntimeException e) {
      streams.close();
      throw e;
    }
  }

  /**
   * Reads all that a start would read, and starts nothing.
   *
   * @throws GuardConfigException when it cannot be used
   */
  public static void check(GuardConfig config) {
    read(config(config));
    Optional<SignIn> unused = Logins.at(config);
  }

  private static Origin read(ConsoleConfig config) {
    Origin origin = Origin.read(config);
    if (!origin.local() && config.link() != null) {
      throw new GuardConfigException(
          "console.link: a login link is for a console on loopback without console.url only");
    }
    return origin;
  }

  private static ConsoleConfig config(GuardConfig config) {
    ConsoleConfig console = config.console();
    if (console == null) {
      throw new GuardConfigException(
          "the configuration has no key console: there is none to start");
    }
    return console;
  }

  /** What browsers call it, without a slash at its end. */
  public String url() {
    return origin.url();
  }

  /**
   * A new link that logs the configured person in as an admin, once, within {@link
   * LoginLinks#HOLD}; empty where none is configured.
   */
  public Optional<String> loginLink() {
    ConsoleConfig.Link link = config.link();
    if (link == null) {
      return Optional.empty();
    }
    Principal who = new Principal(link.subject(), link.groups(), null, null);
    return Optional.of(address(who, Role.all()));
  }

  /**
   * A new link that logs somebody in, once, within {@link LoginLinks#HOLD}: for a service that
   * knows already who its user is. The groups give the roles.
   *
   * @throws IllegalArgumentException when they give none
   */
  public String loginLink(Principal person) {
    Set<Role> roles = Role.of(person, config.roles());
    if (roles.isEmpty()) {
      throw new IllegalArgumentException(
          "the groups of " + person.subject() + " give no role in the console");
    }
    return address(person, roles);
  }

  private String address(Principal person, Set<Role> roles) {
    return url() + "/login/link?key=" + links.make(person, roles);
  }

  /** Ends every login and stops. Idempotent. */
  @Override
  public void close() {
    told.close();
    streams.close();
    server.stop();
  }
}
