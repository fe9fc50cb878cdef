package io.pgguard.proxy.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pgguard.GuardConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code /healthz} (the process works), {@code /readyz} (it takes clients) and {@code
 * /metrics}. It tells nothing that needs a login, and belongs on an address of the operator's own.
 * Thread-safe.
 */
public final class HealthServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, HealthServer::thread);

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Listens.
   *
   * @throws GuardConfigException when it cannot
   */
  public static HealthServer start(
      InetSocketAddress address, ProxyMetrics metrics, BooleanSupplier ready) {
    try {
      HealthServer made = new HealthServer(HttpServer.create(address, 16));
      made.server.setExecutor(made.threads);
      made.server.createContext("/healthz", exchange -> answer(exchange, OK, "ok\n"));
      made.server.createContext(
          "/readyz",
          exchange -> {
            boolean takes = ready.getAsBoolean();
            answer(exchange, takes ? OK : UNAVAILABLE, takes ? "ready\n" : "not ready\n");
          });
      made.server.createContext("/metrics", exchange -> answer(exchange, OK, metrics.scrape()));
      made.server.start();
      return made;
    } catch (IOException e) {
      throw new GuardConfigException("proxy.health: cannot listen at " + address, e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "guard-health");
    thread.setDaemon(true);
    return thread;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
