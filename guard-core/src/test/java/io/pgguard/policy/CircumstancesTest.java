package io.pgguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What rules may want to hold around a statement. */
class CircumstancesTest {
  /** A Tuesday, 13:30 in Berlin. */
  private static final Instant TUESDAY = Instant.parse("2026-12-01T12:30:00Z");

  private static final Surroundings PLAIN = new Surroundings("shop", Set.of(), "jdbc", null);

  private static Policy policy(String when, String then) throws PolicyException {
    return PolicyReader.read(
        "version: 1\nrules:\n  - { id: it, when: { "
            + when
            + " }, then: "
            + then
            + " }\notherwise: "
            + (then.equals("allow") ? "deny" : "allow")
            + "\n",
        "p.yaml");
  }

  private static Decision decision(
      Policy policy, Surroundings around, @Nullable String intent, Instant moment) {
    return PolicyEngine.decide(policy, subject(Circumstances.of(policy, around, intent, moment)));
  }

  private static StatementSubject subject(Circumstances circumstances) {
    return new StatementSubject(
        Set.of("select"),
        WhereState.PRESENT,
        Set.of("public.t"),
        Set.of(),
        Set.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        false,
        Subjects.AGENT,
        circumstances,
        List.of());
  }

  /** Whether a rule that stops stops, and one that allows allows. */
  private static void assertSpeaks(
      boolean speaks, String when, Surroundings around, @Nullable String intent, Instant moment)
      throws PolicyException {
    assertEquals(
        speaks,
        decision(policy(when, "deny"), around, intent, moment) instanceof Decision.Deny,
        when + " then deny, " + around + ", " + intent + ", " + moment);
    assertEquals(
        speaks,
        decision(policy(when, "allow"), around, intent, moment) instanceof Decision.Allow,
        when + " then allow, " + around + ", " + intent + ", " + moment);
  }

  private static void assertWhen(boolean speaks, String when, String moment) throws Exception {
    assertSpeaks(speaks, "time: { " + when + " }", PLAIN, null, Instant.parse(moment));
  }

  @Test
  void time_isReadFromTheClocksOfItsZone() throws Exception {
    String work = "days: mon-fri, from: \"08:00\", to: \"18:00\", zone: Europe/Berlin";
    assertWhen(true, work, "2026-12-01T12:30:00Z");
    assertWhen(true, work, "2026-12-01T07:00:00Z");
    assertWhen(false, work, "2026-12-01T06:59:59Z");
    assertWhen(false, work, "2026-12-01T17:00:00Z");
    assertWhen(false, work, "2026-12-05T12:00:00Z");
    assertWhen(true, work, "2026-07-01T06:00:00Z"); // summer time
    String night = "from: \"22:00\", to: \"06:00\", days: fri, zone: UTC";
    assertWhen(true, night, "2026-12-04T23:00:00Z");
    assertWhen(true, night, "2026-12-05T05:59:00Z");
    assertWhen(false, night, "2026-12-05T06:00:00Z");
    assertWhen(false, night, "2026-12-04T05:00:00Z");
    assertWhen(false, night, "2026-12-05T23:00:00Z");
    assertWhen(true, "days: [sat-sun], zone: Asia/Tokyo", "2026-12-04T15:00:00Z");
    assertWhen(false, "days: [sat-sun], zone: Asia/Tokyo", "2026-12-04T14:59:59Z");
    assertWhen(true, "days: [sat-mon], zone: UTC", "2026-12-07T10:00:00Z");
    assertWhen(true, "from: \"18:00\", to: \"24:00\", zone: UTC", "2026-12-01T23:59:59Z");
    assertWhen(false, "from: \"18:00\", to: \"24:00\", zone: UTC", "2026-12-01T00:00:00Z");
  }

  @Test
  void database_isThatOfTheSession() throws Exception {
    assertSpeaks(true, "database: [crm, \"sh*\"]", PLAIN, null, TUESDAY);
    assertSpeaks(false, "database: crm", PLAIN, null, TUESDAY);
  }

  @Test
  void environment_ofAServerWithoutLabels_isAnyForRulesThatStop() throws Exception {
    Surroundings test = new Surroundings("shop", Set.of("test", "eu"), "jdbc", null);
    assertSpeaks(true, "environment: [test, staging]", test, null, TUESDAY);
    assertSpeaks(false, "environment: production", test, null, TUESDAY);
    Policy stops = policy("environment: production", "deny");
    assertTrue(decision(stops, PLAIN, null, TUESDAY) instanceof Decision.Deny);
    Policy allows = policy("environment: production", "allow");
    assertTrue(decision(allows, PLAIN, null, TUESDAY) instanceof Decision.Deny);
  }

  @Test
  void source_isTheWayInAndTheAddress() throws Exception {
    Surroundings near = from("10.1.2.3");
    Surroundings far = from("192.0.2.7");
    Surroundings six = from("2001:db8::7");
    assertSpeaks(true, "source: { edges: proxy }", near, null, TUESDAY);
    assertSpeaks(false, "source: { edges: [jdbc, core] }", near, null, TUESDAY);
    String ranges = "source: { addresses: [\"10.0.0.0/8\", \"2001:db8::/32\", \"192.0.2.8/31\"] }";
    assertSpeaks(true, ranges, near, null, TUESDAY);
    assertSpeaks(false, ranges, far, null, TUESDAY);
    assertSpeaks(true, ranges, from("192.0.2.9"), null, TUESDAY);
    assertSpeaks(true, ranges, six, null, TUESDAY);
    assertSpeaks(true, ranges, from("::ffff:10.0.0.1"), null, TUESDAY);
    assertSpeaks(false, ranges, PLAIN, null, TUESDAY);
    assertSpeaks(true, "source: { addresses: \"0.0.0.0/0\" }", far, null, TUESDAY);
    assertSpeaks(false, "source: { addresses: \"0.0.0.0/0\" }", six, null, TUESDAY);
    assertSpeaks(false, "source: { edges: jdbc, addresses: \"10.0.0.0/8\" }", near, null, TUESDAY);
  }

  private static Surroundings from(String address) throws UnknownHostException {
    return new Surroundings("shop", Set.of(), "proxy", InetAddress.getByName(address));
  }

  @Test
  void intent_hasTheWholeForm() throws Exception {
    String form = "intent: { matches: \"[A-Z]+-[0-9]+.*\" }";
    assertSpeaks(true, form, PLAIN, "OPS-17: close the ticket", TUESDAY);
    assertSpeaks(false, form, PLAIN, "see OPS-17", TUESDAY);
    assertSpeaks(false, form, PLAIN, " ", TUESDAY);
    assertSpeaks(false, form, PLAIN, null, TUESDAY);
    // in linear time: what matches by trying again would not end
    assertSpeaks(false, "intent: { matches: \"(a|aa)+b\" }", PLAIN, "a".repeat(100_000), TUESDAY);
  }

  @Test
  void refusal_saysWhatIsMissing() throws Exception {
    assertHint(
        "Rule it speaks for statements whose intent has the form [A-Z]+-[0-9]+: state it so, and"
            + " ask again.",
        "intent: { matches: \"[A-Z]+-[0-9]+\" }",
        "because");
    assertHint(
        "Rule it speaks at Sat, Sun 08:00 to 12:30 (UTC).",
        "time: { days: sat-sun, from: \"08:00\", to: \"12:30\", zone: UTC }",
        null);
    assertHint("Rule it speaks for database crm.", "database: crm", null);
    assertHint(
        "Rule it speaks for what comes by proxy, 10.0.0.0/8.",
        "source: { edges: proxy, addresses: \"10.0.0.0/8\" }",
        null);
  }

  private static void assertHint(String hint, String when, @Nullable String intent)
      throws PolicyException {
    Decision.Deny deny = (Decision.Deny) decision(policy(when, "allow"), PLAIN, intent, TUESDAY);
    assertEquals(hint, deny.verdicts().get(0).hint());
  }

  @Test
  void circumstancesOfAnotherPolicy_allowNothing() throws Exception {
    Policy one = policy("database: shop", "allow");
    Policy other = policy("database: shop", "allow");
    StatementSubject subject = subject(Circumstances.of(one, PLAIN, null, TUESDAY));
    assertTrue(PolicyEngine.decide(one, subject) instanceof Decision.Allow);
    assertTrue(PolicyEngine.decide(other, subject) instanceof Decision.Deny);
    assertNotEquals(
        Circumstances.of(one, PLAIN, null, TUESDAY), Circumstances.of(other, PLAIN, null, TUESDAY));
  }

  @Test
  void whatIsWrong_isSaidAtLoad() {
    assertError("day `someday`", "time: { days: someday, zone: UTC }");
    assertError("is no time of a day", "time: { from: \"25:00\", to: \"26:00\", zone: UTC }");
    assertError("count together only", "time: { from: \"08:00\", zone: UTC }");
    assertError("is no time zone", "time: { days: mon, zone: Mars }");
    assertError("key `zone` is missing", "time: { days: mon }");
    assertError("names no time", "time: { zone: UTC }");
    assertError("is no address", "source: { addresses: \"example.com\" }");
    assertError("is no address", "source: { addresses: \"10.0.0.0/33\" }");
    assertError("edge `udp`", "source: { edges: udp }");
    assertError("is no expression", "intent: { matches: \"(a)\\\\1\" }");
  }

  private static void assertError(String part, String when) {
    PolicyException thrown = assertThrows(PolicyException.class, () -> policy(when, "deny"));
    assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
  }
}
