package io.pgguard.cli;

import io.pgguard.GuardConfig;
import io.pgguard.console.Console;
import io.pgguard.proxy.Proxy;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code guard proxy}: serves clients until it is ended. */
@Command(
    name = "proxy",
    description = "Serves PostgreSQL clients until it gets SIGTERM, then lets what runs finish.",
    mixinStandardHelpOptions = true)
final class ProxyCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyCommand.class);

  /** How long transactions may take to finish once the process is to end. */
  private static final Duration DRAIN = Duration.ofSeconds(30);

  /** How often the files are looked at that a reload reads. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** How Netty is told to follow buffers from where they were made, which costs every statement. */
  private static final String LEAKS = "io.netty.leakDetection.level";

  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (System.getProperty(LEAKS) == null) {
      System.setProperty(LEAKS, "disabled"); // before any of Netty is there
    }
    WatchedFiles watched = WatchedFiles.of(config.file());
    GuardConfig read = GuardConfig.read(config.file());
    if (read.console() != null) {
      Console.check(read); // before anything listens
    }
    Proxy proxy = Proxy.start(read);
    PrintWriter out = spec.commandLine().getOut();
    proxy
        .addresses()
        .forEach(
            address ->
                out.println(
                    "guard: listening at "
                        + address.getAddress().getHostAddress()
                        + ":"
                        + address.getPort()));
    Console console = read.console() == null ? null : ProxyConsole.start(proxy, out);
    ScheduledExecutorService reloads = Executors.newSingleThreadScheduledExecutor(Reloads::daemon);
    Reloads reload = new Reloads(proxy, config.file(), watched);
    HangUp.handle(() -> reloads.execute(reload::now));
    reloads.scheduleWithFixedDelay(
        reload::ifChanged, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    CountDownLatch ended = new CountDownLatch(1);
    Thread ending = new Thread(() -> end(proxy, console, ended), "guard-end");
    Runtime.getRuntime().addShutdownHook(ending);
    ended.await();
    return 0;
  }

  private static void end(Proxy proxy, @Nullable Console console, CountDownLatch ended) {
    if (!proxy.drain(DRAIN)) {
      LOG.warn("sessions that did not become idle are closed");
    }
    if (console != null) {
      console.close(); // last, so that what waits while sessions end can be answered
    }
    proxy.close();
    ended.countDown();
  }
}
