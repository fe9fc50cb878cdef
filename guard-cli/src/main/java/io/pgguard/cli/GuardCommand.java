package io.pgguard.cli;

import io.pgguard.Guard;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code guard}: what it does is said by its subcommands. */
@Command(
    name = "guard",
    description = "Stands between an AI agent and PostgreSQL.",
    mixinStandardHelpOptions = true,
    versionProvider = GuardCommand.Version.class,
    subcommands = {
      ProxyCommand.class,
      CheckCommand.class,
      VerifierCommand.class,
      ApprovalsCommand.class
    })
public final class GuardCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  GuardCommand() {}

  /** Runs one command and ends with its exit code: 0 done, 1 it failed, 2 it was called wrong. */
  public static void main(String[] arguments) {
    System.exit(
        run(arguments, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
  }

  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new GuardCommand());
    line.setOut(out).setErr(err);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("guard: " + Failures.told(failure));
          return 1;
        });
    // The usage too where picocli has a suggestion, which it would print alone.
    line.setParameterExceptionHandler(
        (failure, parsed) -> {
          CommandLine command = failure.getCommandLine();
          command.getErr().println(failure.getMessage());
          CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
          command.usage(command.getErr());
          return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    return line.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: one of the commands below");
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"guard " + Guard.VERSION};
    }
  }
}
