package io.pgguard.cli;

import io.pgguard.GuardConfig;
import io.pgguard.proxy.Proxy;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Proxy proxy = Proxy.start(GuardConfig.read(config.file()));
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
    CountDownLatch ended = new CountDownLatch(1);
    Thread ending = new Thread(() -> end(proxy, ended), "guard-end");
    Runtime.getRuntime().addShutdownHook(ending);
    ended.await();
    return 0;
  }

  private static void end(Proxy proxy, CountDownLatch ended) {
    proxy.close();
    ended.countDown();
  }
}
