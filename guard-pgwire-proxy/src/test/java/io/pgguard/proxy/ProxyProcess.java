package io.pgguard.proxy;

import io.pgguard.GuardConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A proxy in a process of its own, which can be killed. */
final class ProxyProcess implements AutoCloseable {
  /** The last line of a class histogram: instances, then bytes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private final Process process;
  private final BufferedReader out;
  private final int port;

  private ProxyProcess(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the proxy's process did not start");
    }
    this.port = Integer.parseInt(line);
  }

  /**
   * Starts one.
   *
   * @param prefix a command that runs it, or nothing
   * @param options for its JVM
   */
  static ProxyProcess start(Path config, List<String> prefix, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    String path = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", path)));
    command.addAll(List.of(ProxyProcess.class.getName(), config.toString()));
    return new ProxyProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Argument: the configuration. Tells its port, and serves until its input ends. */
  public static void main(String[] arguments) throws IOException {
    try (Proxy proxy = Proxy.start(GuardConfig.read(Path.of(arguments[0])))) {
      System.out.println(proxy.addresses().get(0).getPort());
      while (System.in.read() >= 0) {}
    }
  }

  int port() {
    return port;
  }

  /** How many bytes its live objects take, after a collection. */
  long live() throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = jcmd.inputReader(StandardCharsets.UTF_8)) {
      String said = lines.lines().collect(Collectors.joining("\n"));
      Matcher total = TOTAL.matcher(said);
      if (!total.find()) {
        throw new IOException("jcmd said " + said);
      }
      return Long.parseLong(total.group(1));
    }
  }

  /** kill -9, and waits for its end. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Ends it in order. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.close();
  }
}
