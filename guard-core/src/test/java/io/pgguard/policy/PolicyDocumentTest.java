package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/policy.md shows is true. */
class PolicyDocumentTest {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern WORD = Pattern.compile("`([a-z][a-z-]*[a-z])`");

  private static String document() throws IOException {
    return Files.readString(Path.of("..", "docs", "policy.md"));
  }

  private static List<String> examples() throws IOException {
    return YAML.matcher(document()).results().map((MatchResult match) -> match.group(1)).toList();
  }

  @Test
  void examples_loadAndFitTheSchema() throws Exception {
    assertFalse(examples().isEmpty());
    for (String example : examples()) {
      assertEquals(64, PolicyReader.read(example, "docs/policy.md").hash().length());
      assertEquals(List.of(), PolicySchemaTest.errors(example));
    }
  }

  @Test
  void kindsThatAreListed_exist() throws IOException {
    String kinds = document().split("### Kinds")[1].split("## limits")[0];
    List<String> listed =
        WORD.matcher(kinds).results().map((MatchResult match) -> match.group(1)).toList();
    assertTrue(listed.size() > 40, () -> "found " + listed);
    assertEquals(
        List.of(), listed.stream().filter(word -> !KindWords.all().contains(word)).toList());
    assertEquals(
        List.of(), KindWords.GROUPS.keySet().stream().filter(g -> !listed.contains(g)).toList());
  }

  @Test
  void exampleOfTheWholePolicy_decidesAsItSays() throws Exception {
    Policy policy = PolicyReader.read(examples().get(0), "docs/policy.md");
    assertEquals(6, policy.rules().size());
    assertTrue(policy.allowsFunction("app.report_total(integer)"));
    assertEquals(
        "no-drop",
        PolicyEngine.decide(policy, Subjects.of("drop", "ddl")).verdicts().get(0).rule());
    assertTrue(PolicyEngine.decide(policy, Subjects.of("drop", "ddl")) instanceof Decision.Deny);
    assertTrue(
        PolicyEngine.decide(policy, Subjects.of("create-view", "ddl"))
            instanceof Decision.RequireApproval);
  }
}
