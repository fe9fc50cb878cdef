package io.pgguard.console.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.pgguard.GuardConfigException;
import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.console.visit.Role;
import io.pgguard.console.visit.Visit;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server, and what it does about every request. Thread-safe. */
public final class Site {
  /** The most bytes of a form. */
  private static final long MOST_BYTES = 64 * 1024;

  /** How long a browser may take over a piece of a request or an answer, in milliseconds. */
  private static final long IDLE_MILLIS = 30_000;

  private static final Logger LOG = LoggerFactory.getLogger(Site.class);

  private final Origin origin;
  private final Gate gate;
  private final Rendering rendering;
  private final Assets assets;

  public Site(Origin origin, Gate gate, Rendering rendering, Assets assets) {
    this.origin = origin;
    this.gate = gate;
    this.rendering = rendering;
    this.assets = assets;
  }

  /**
   * Listens.
   *
   * @param pages adds the pages
   * @throws GuardConfigException when it cannot
   */
  public Javalin start(Consumer<RoutesConfig> pages) {
    Javalin server = Javalin.create(config -> configure(config, pages));
    try {
      server.start();
    } catch (RuntimeException e) {
      server.stop();
      throw new GuardConfigException("console.listen: cannot listen at " + origin.listen(), e);
    }
    origin.listensAt(server.port());
    return server;
  }

  private void configure(JavalinConfig config, Consumer<RoutesConfig> pages) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = MOST_BYTES;
    config.http.defaultContentType = ContentType.TEXT_HTML.getMimeType();
    config.jetty.host = origin.listen().getAddress().getHostAddress();
    config.jetty.port = origin.listen().getPort();
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("guard-console");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setSendXPoweredBy(false);
          http.setIdleTimeout(IDLE_MILLIS);
        });
    config.jetty.modifyServer(
        server -> {
          Headers.around(server, origin.secure());
          server.setStopTimeout(0); // pages that stay open would hold it up
        });
    config.routes.before(gate::named);
    config.routes.beforeMatched(gate::admit);
    assets.routes(config.routes);
    pages.accept(config.routes);
    errors(config.routes);
  }

  private void errors(RoutesConfig routes) {
    routes.exception(TurnedAway.class, (e, ctx) -> turnedAway(ctx, e.status(), e.told()));
    routes.exception(
        HttpResponseException.class,
        (e, ctx) -> turnedAway(ctx, e.getStatus(), "The console cannot do this."));
    routes.exception(
        AuditUnavailableException.class,
        (e, ctx) -> {
          LOG.error("the console shows nothing: the audit log cannot be written", e);
          turnedAway(ctx, 503, "The audit log cannot be written, so nothing is shown.");
        });
    routes.exception(
        Exception.class,
        (e, ctx) -> {
          LOG.error("a page of the console failed: {} {}", ctx.method(), ctx.path(), e);
          turnedAway(ctx, 500, "This page failed. Guard's own log tells why.");
        });
  }

  private void turnedAway(Context ctx, int status, String message) {
    if (status == 401 && ctx.method().name().equals("GET") && wantsPage(ctx)) {
      ctx.redirect("/login", HttpStatus.SEE_OTHER);
      return;
    }
    ctx.status(status);
    Visit visit = gate.maybeVisit(ctx).orElse(null);
    if (wantsPage(ctx)) {
      rendering.page(ctx, "error", "Not done", Map.of("status", status, "message", message), visit);
    } else {
      ctx.contentType("text/plain;charset=utf-8").result(message);
    }
  }

  private static boolean wantsPage(Context ctx) {
    String accept = ctx.header("Accept");
    return accept == null || accept.contains("text/html") || accept.contains("*/*");
  }

  /** Adds the address of pages that stay open. */
  public void streams(RoutesConfig routes, String path, Streams streams) {
    routes.before(
        path,
        ctx -> {
          String accept = ctx.header("Accept");
          if (accept == null || !accept.contains("text/event-stream")) {
            throw new TurnedAway(406, "This is for pages that are open.");
          }
        });
    routes.sse(path, client -> streams.add(client, Gate.visit(client.ctx())), Role.REVIEWER);
  }
}
