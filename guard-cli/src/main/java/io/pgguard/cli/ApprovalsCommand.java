package io.pgguard.cli;

import io.pgguard.ApprovalDesk;
import io.pgguard.GuardConfig;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.Approvals;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code guard approvals}: shows what waits for people, and answers it. */
@Command(
    name = "approvals",
    description =
        "Shows statements that wait for people, and answers them, in the store that the"
            + " configuration names (approval.store).",
    mixinStandardHelpOptions = true,
    subcommands = {
      ApprovalsCommand.ListCommand.class,
      ApprovalsCommand.ShowCommand.class,
      AnswerCommands.Approve.class,
      AnswerCommands.Refuse.class,
      AnswerCommands.Revoke.class
    })
final class ApprovalsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: one of the commands below");
  }

  /** Does something with approvals, and closes them. */
  static int with(ConfigOption config, Function<Approvals, Integer> use) {
    try (ApprovalDesk desk = ApprovalDesk.open(GuardConfig.read(config.file()))) {
      return use.apply(desk.approvals());
    }
  }

  /** {@code guard approvals list}. */
  @Command(
      name = "list",
      description =
          "Lists what waits, the oldest first; with --all the latest of all, newest first.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    private static final int MOST = 100;
    private static final int TEXT = 60;

    @Mixin private ConfigOption config = new ConfigOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--all", description = "Also what is answered, used or expired.")
    private boolean all;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      return with(
          config,
          approvals -> {
            List<ApprovalCase> found = all ? approvals.latest(null, MOST) : approvals.pending();
            Instant now = Instant.now();
            for (ApprovalCase one : found) {
              String text = Printable.line(one.request().text());
              out.println(
                  one.request().id()
                      + "  "
                      + one.status(now)
                      + "  "
                      + Printable.line(one.request().principal().subject())
                      + "  "
                      + (text.length() > TEXT ? text.substring(0, TEXT) + "..." : text));
            }
            if (found.isEmpty()) {
              out.println("guard: nothing waits");
            }
            return 0;
          });
    }
  }

  /** {@code guard approvals show}. */
  @Command(
      name = "show",
      description = "Shows one request whole: who, what, why, and what became of it.",
      mixinStandardHelpOptions = true)
  static final class ShowCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The request's id.")
    private String id = "";

    @Override
    public Integer call() {
      return with(
          config,
          approvals -> {
            ApprovalCase one = approvals.find(id).orElse(null);
            if (one == null) {
              spec.commandLine().getErr().println("guard: there is no request " + id);
              return 1;
            }
            ShownCase.print(one, Instant.now(), spec.commandLine().getOut());
            return 0;
          });
    }
  }
}
