package io.pgguard.console.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.pgguard.audit.LogVerifier;
import io.pgguard.audit.Verification;
import io.pgguard.console.visit.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page on the audit log's health, and the verification that it starts. Thread-safe. */
public final class LogHealth {
  private static final int MOST_CHECKPOINTS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(LogHealth.class);

  private final Desk desk;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile @Nullable Outcome last;

  private record Outcome(Verification verification, Instant at) {}

  public LogHealth(Desk desk) {
    this.desk = desk;
  }

  /** Adds the pages. */
  public void routes(RoutesConfig routes) {
    routes.get("/log", this::show, Role.AUDITOR);
    routes.post("/log/verify", this::verify, Role.AUDITOR);
  }

  private Path directory() {
    return desk.guard().config().auditDirectory();
  }

  private void show(Context ctx) {
    boolean busy = running.get(); // before its outcome: what has ended by then is shown
    Outcome outcome = last;
    try {
      LogView view =
          new LogView(
              directory().toString(),
              segments(),
              checkpoints(),
              outcome == null ? null : outcome.verification(),
              outcome == null ? null : outcome.at(),
              busy);
      desk.rendering().page(ctx, "log", "Audit log", view);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + directory(), e);
    }
  }

  private List<LogView.Segment> segments() throws IOException {
    List<LogView.Segment> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("audit-")) {
          Instant changed = Files.getLastModifiedTime(file).toInstant();
          found.add(new LogView.Segment(name, Files.size(file), changed));
        }
      }
    }
    return found;
  }

  private List<String> checkpoints() throws IOException {
    Path file = directory().resolve("checkpoints.jsonl");
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    Collections.reverse(lines);
    return lines.subList(0, Math.min(MOST_CHECKPOINTS, lines.size()));
  }

  /** One at a time, beside the page: a long log takes a while. */
  private void verify(Context ctx) {
    if (running.compareAndSet(false, true)) {
      Thread thread = new Thread(this::run, "guard-console-verify");
      thread.setDaemon(true);
      thread.start();
    }
    ctx.redirect("/log", HttpStatus.SEE_OTHER);
  }

  private void run() {
    try {
      last = new Outcome(LogVerifier.of().verify(directory()), desk.clock().instant());
    } catch (IOException e) {
      LOG.error("the audit log cannot be verified", e);
    } finally {
      running.set(false);
    }
  }
}
