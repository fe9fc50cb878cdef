package io.pgguard.proxy.login;

import io.pgguard.policy.PolicyEngine;
import io.pgguard.policy.Verdict;
import io.pgguard.session.Explanation;
import io.pgguard.wording.ConnectWording;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The settings that a client asks for in its startup packet: each passes what SET would pass, or
 * the connection is refused. What no rule of the policy speaks for passes, since every client sends
 * some. Stateless.
 */
public final class StartupSettings {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");

  /** Identifiers, quoted or not, with commas between them; SET takes them as they stand. */
  private static final Pattern SCHEMAS =
      Pattern.compile(
          "\\s*(?:(?:[A-Za-z_][A-Za-z0-9_$]*|\"(?:[^\"\\x00]|\"\")+\")(?:\\s*,\\s*(?=\\S)|\\s*$))*");

  /** From 1 on a float comes in its shortest exact form; below that it is rounded. */
  private static final Pattern SHORTEST = Pattern.compile("\\s*[123]\\s*");

  private static final Set<String> UTF8 = Set.of("utf8", "utf-8", "unicode");
  private static final Set<String> NO_SETTINGS =
      Set.of("user", "database", "options", "replication");

  private StartupSettings() {}

  /**
   * The settings to send to the server.
   *
   * @param parameters the startup packet's
   * @param explain what the policy makes of a text; may wait for the catalog
   * @throws RefusedSettingException when one of them may not be set
   */
  public static Map<String, String> judged(
      Map<String, String> parameters, Function<String, Explanation> explain)
      throws RefusedSettingException {
    Map<String, String> settings =
        new LinkedHashMap<>(OptionsText.settings(parameters.getOrDefault("options", "")));
    parameters.forEach(
        (name, value) -> {
          if (!NO_SETTINGS.contains(name)) {
            settings.put(name, value);
          }
        });
    Map<String, String> judged = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : settings.entrySet()) {
      String value = unquotedEncoding(each.getKey(), each.getValue());
      judge(text(each.getKey(), value), explain);
      judged.put(each.getKey(), value);
    }
    return judged;
  }

  /** Some clients quote it and write it in their own ways; Guard reads texts in UTF8 only. */
  private static String unquotedEncoding(String name, String value) {
    if (!name.toLowerCase(Locale.ROOT).equals("client_encoding")) {
      return value;
    }
    String bare = value.replace("'", "").strip();
    return UTF8.contains(bare.toLowerCase(Locale.ROOT)) ? "UTF8" : bare;
  }

  private static String text(String name, String value) throws RefusedSettingException {
    String literal = "'" + value.replace("'", "''") + "'";
    if (!NAME.matcher(name).matches()) {
      throw new RefusedSettingException(ConnectWording.UNKNOWN_SETTING.say(name));
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "role" -> "SET ROLE " + literal;
      case "session_authorization" -> "SET SESSION AUTHORIZATION " + literal;
      case "extra_float_digits" -> {
        if (!SHORTEST.matcher(value).matches()) {
          throw new RefusedSettingException(ConnectWording.FLOAT_DIGITS.say(value));
        }
        yield "SET extra_float_digits TO " + literal;
      }
      case "search_path" -> {
        if (!SCHEMAS.matcher(value).matches()) {
          throw new RefusedSettingException(ConnectWording.SEARCH_PATH.say(value));
        }
        yield "SET search_path TO " + (value.isBlank() ? "''" : value);
      }
      default -> "SET " + name + " TO " + literal;
    };
  }

  private static void judge(String text, Function<String, Explanation> explain)
      throws RefusedSettingException {
    Explanation explanation = explain.apply(text);
    if (explanation.unreadable() != null) {
      throw new RefusedSettingException(
          ConnectWording.SETTING_UNREADABLE.say(explanation.unreadable()));
    }
    for (Explanation.Explained each : explanation.statements()) {
      for (Verdict verdict : each.verdicts()) {
        if (verdict.outcome() != Verdict.Outcome.ALLOW
            && !verdict.rule().equals(PolicyEngine.OTHERWISE)) {
          throw new RefusedSettingException(ConnectWording.SETTING.say(text, verdict.reason()));
        }
      }
    }
  }
}
