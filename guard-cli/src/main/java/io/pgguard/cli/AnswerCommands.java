package io.pgguard.cli;

import io.pgguard.approval.Answer;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.Approvals;
import io.pgguard.identity.Principal;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that answer a request. */
final class AnswerCommands {
  private AnswerCommands() {}

  /** What they have in common: which request, and whose word it is. */
  abstract static class Answering implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The request's id.")
    private String id = "";

    @Option(
        names = "--as",
        required = true,
        paramLabel = "NAME",
        description = "Whose word it is. Said, not proved: the log keeps it so.")
    private String name = "";

    @Option(names = "--group", paramLabel = "GROUP", description = "A group of that person's.")
    private List<String> groups = List.of();

    @Override
    public Integer call() {
      Principal person = new Principal(name, Set.copyOf(groups), null, null);
      PrintWriter out = spec.commandLine().getOut();
      return ApprovalsCommand.with(
          config,
          approvals -> {
            ApprovalCase one = approvals.find(id).orElse(null);
            if (one != null) {
              ShownCase.print(one, Instant.now(), out);
              out.println();
            }
            return told(answer(approvals, id, person));
          });
    }

    abstract Answer answer(Approvals approvals, String request, Principal person);

    private int told(Answer answer) {
      PrintWriter out = spec.commandLine().getOut();
      if (answer instanceof Answer.Granted granted) {
        out.println("guard: approved; it may run once, until " + granted.grant().expiresAt());
      } else if (answer instanceof Answer.Counted counted) {
        out.println("guard: counted; still needed: " + counted.missing());
      } else if (answer instanceof Answer.Refused) {
        out.println("guard: refused");
      } else if (answer instanceof Answer.Revoked) {
        out.println("guard: revoked; it was used already, and what still runs on it is broken off");
      } else if (answer instanceof Answer.NotCounted no) {
        spec.commandLine().getErr().println("guard: " + Printable.line(no.message()));
        return 1;
      }
      return 0;
    }
  }

  /** {@code guard approvals approve}. */
  @Command(
      name = "approve",
      description = "Approves a request, as one of those whom it needs.",
      mixinStandardHelpOptions = true)
  static final class Approve extends Answering {
    @Option(names = "--comment", paramLabel = "TEXT", description = "For the log.")
    private @Nullable String comment;

    @Override
    Answer answer(Approvals approvals, String request, Principal person) {
      return approvals.approve(request, person, comment);
    }
  }

  /** {@code guard approvals refuse}. */
  @Command(
      name = "refuse",
      description = "Refuses a request, for good.",
      mixinStandardHelpOptions = true)
  static final class Refuse extends Answering {
    @Option(names = "--reason", paramLabel = "TEXT", description = "The agent reads it.")
    private @Nullable String reason;

    @Override
    Answer answer(Approvals approvals, String request, Principal person) {
      return approvals.refuse(request, person, reason);
    }
  }

  /** {@code guard approvals revoke}. */
  @Command(
      name = "revoke",
      description =
          "Takes an approval back: it is not used any more, and what runs on it is ended.",
      mixinStandardHelpOptions = true)
  static final class Revoke extends Answering {
    @Option(names = "--reason", paramLabel = "TEXT", description = "The agent reads it.")
    private @Nullable String reason;

    @Override
    Answer answer(Approvals approvals, String request, Principal person) {
      return approvals.revoke(request, person, reason);
    }
  }
}
