package io.pgguard.cli;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.console.Console;
import io.pgguard.policy.PolicyException;
import io.pgguard.policy.PolicyReader;
import io.pgguard.policy.PolicyWarnings;
import io.pgguard.proxy.Proxy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code guard check}: reads configuration and policy and says what is wrong, without effect. */
@Command(
    name = "check",
    description =
        "Reads configuration and policy and says what is wrong with them; starts nothing.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    GuardConfig read = GuardConfig.read(config.file());
    try {
      PolicyWarnings.of(PolicyReader.read(read.policyFile()))
          .forEach(each -> spec.commandLine().getErr().println("guard: warning: " + each));
    } catch (PolicyException e) {
      throw new GuardConfigException("the policy cannot be used", e);
    }
    Proxy.check(read);
    if (read.console() != null) {
      Console.check(read);
    }
    spec.commandLine().getOut().println("guard: " + config.file() + " and its policy can be used");
    return 0;
  }
}
