package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.identity.Principal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.customers.ssn|public|customers|ssn|true",
        "*.customers.ssn|public|customers|ssn2|false",
        "*.*.email|a|b|Email|true",
        "a.b.\"Email\"|a|b|email|false",
        "a.b.\"Email\"|a|b|Email|true",
        "a.\"b.c\".d|a|b.c|d|true",
        "a.\"*\".d|a|x|d|false",
        "public.payments*.payer_ssn|public|payments_2024|payer_ssn|true",
        "public.vip.{ssn,email}|public|vip|email|true",
        "public.vip.{ssn,email}|public|vip|name|false",
        "{a,b}.{c,d}.e*f*g|b|d|exxfyyg|true",
        "{a,b}.{c,d}.e*f*g|b|d|exxfyy|false",
        "*.*.*|any|thing|at all|true",
      })
  void columnPattern_fits(
      String pattern, String schema, String relation, String column, boolean fits) {
    assertEquals(fits, ColumnPattern.of(pattern).matches(schema, relation, column));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.f|app.f(integer)|true",
        "app.f|app.f()|true",
        "app.f|app.g()|false",
        "app.f(int)|app.f(integer)|true",
        "app.f(int4)|app.f(integer)|true",
        "app.f(int)|app.f(bigint)|false",
        "app.f(int)|app.f(integer, integer)|false",
        "app.f()|app.f()|true",
        "app.f()|app.f(integer)|false",
        "app.f(varchar(10), numeric(10,2))|app.f(character varying, numeric)|true",
        "app.f(timestamptz)|app.f(timestamp with time zone)|true",
        "app.f(timestamp(3) with time zone)|app.f(timestamp with time zone)|true",
        "app.f(int[])|app.f(integer[])|true",
        "app.f(int[])|app.f(_int4)|true",
        "app.f(int[])|app.f(integer)|false",
        "app.f(double  precision)|app.f(float8)|true",
        "app.f(\"char\")|app.f(character)|false",
        "app.f(*)|app.f(integer, text)|true",
        "app.f(int, *)|app.f(integer, text)|true",
        "app.f(int, *)|app.f(integer)|false",
        "app.*|app.anything(text)|true",
        "app.{f,g}(int)|app.g(int4)|true",
        "App.F|app.f(text)|true",
      })
  void functionPattern_fits(String pattern, String signature, boolean fits) {
    assertEquals(fits, FunctionPattern.of(pattern).matches(signature));
    assertEquals(fits, FunctionPattern.of(pattern).covers(signature));
  }

  @Test
  void unknownOverload_mayFitAndIsNotCovered() {
    assertTrue(FunctionPattern.of("app.f(int)").matches("app.f"));
    assertFalse(FunctionPattern.of("app.f(int)").covers("app.f"));
    assertTrue(FunctionPattern.of("app.f").covers("app.f"));
  }

  @Test
  void relationWithADotInItsName_isReadBothWays() {
    RelationPattern pattern = RelationPattern.of("scratch.*");
    assertTrue(pattern.matches("scratch.evil.t"));
    assertFalse(RelationPattern.of("scratch.t").covers("scratch.evil.t"));
    assertFalse(RelationPattern.of("*.t").covers("scratch.evil.u"));
    assertTrue(RelationPattern.of("*.*").covers("a.b.c"));
    assertFalse(pattern.covers("scratch.evil.t"));
  }

  @Test
  void manyStars_doNotTryEveryWayToMatch() {
    String name = "a".repeat(63) + "b";
    assertFalse(ColumnPattern.of("*.*." + "*a".repeat(30) + "*c").matches("s", "r", name));
  }

  @Test
  void protection_takesTheStrictestMaskOfWhatIsNotCleared() throws PolicyException {
    Policy policy =
        PolicyReader.read(
            """
            version: 1
            classes:
              soft:   { columns: ["*.*.ssn"], mask: { partial: { keepLast: 4 } } }
              hard:   { columns: ["hr.*.ssn"], mask: redact }
              hashed: { columns: ["hr.*.ssn"], mask: hash }
            clear:
              - { groups: [compliance], classes: ["h*"] }
              - { groups: [root], classes: ["*"] }
            """,
            "policy.yaml");
    assertEquals("hard", protecting(policy, "analysts"));
    assertEquals("soft", protecting(policy, "compliance"));
    assertEquals("", protecting(policy, "root"));
  }

  private static String protecting(Policy policy, String group) {
    return policy
        .protection(new Principal("ada", Set.of(group), null, null), "hr", "staff", "ssn")
        .map(SensitiveClass::name)
        .orElse("");
  }
}
