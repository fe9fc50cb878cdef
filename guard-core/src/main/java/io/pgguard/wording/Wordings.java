package io.pgguard.wording;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole catalog. */
public final class Wordings {
  private static final List<Room> ROOMS =
      List.of(
          new Room(
              "Findings: the reason of a refusal, behind the name of its rule",
              FindingWording.values()),
          new Room(
              "Columns: parts of findings and reasons of protections", LineageWording.values()),
          new Room("Code and settings: parts of findings", ReachWording.values()),
          new Room("Rules of the policy: parts of refusals and holds", RuleWording.values()),
          new Room("Refusals and holds", SessionWording.values()),
          new Room("Limits", LimitWording.values()),
          new Room("In place of the server's own words", NeutralWording.values()),
          new Room("About messages of the protocol", WireWording.values()),
          new Room("While a connection to the proxy is opened and ended", ConnectWording.values()),
          new Room("The JDBC driver", DriverWording.values()));

  private Wordings() {}

  private record Room(String title, Wording[] wordings) {}

  /** Every wording, room by room. */
  public static List<Wording> all() {
    return ROOMS.stream().flatMap(room -> Stream.of(room.wordings())).toList();
  }

  /** The catalog as a document (Markdown). */
  public static String document() {
    StringBuilder document = new StringBuilder();
    document.append(
        """
        # What Guard says

        Every wording of Guard's own that a client can see, with its SQLSTATE. A word in braces stands for a value. Made from the catalog
        (`io.pgguard.wording`); a test compares. Where no SQLSTATE stands, the wording goes out with one that the server gave, or is a part of one that has it.
        """);
    for (Room room : ROOMS) {
      document.append("\n## ").append(room.title()).append("\n\n");
      document.append("| wording | SQLSTATE | message | detail | hint |\n|---|---|---|---|---|\n");
      for (Wording wording : room.wordings()) {
        row(document, wording);
      }
    }
    return document.toString();
  }

  private static void row(StringBuilder document, Wording wording) {
    Phrase phrase = wording.phrase();
    SqlState state = phrase.state();
    document
        .append("| ")
        .append(wording.key())
        .append(" | ")
        .append(state == null ? "" : state.code())
        .append(" | ")
        .append(cell(phrase.message()))
        .append(" | ")
        .append(cell(phrase.detail()))
        .append(" | ")
        .append(cell(phrase.hint()))
        .append(" |\n");
  }

  private static String cell(@Nullable String form) {
    return form == null
        ? ""
        : form.strip().replace("|", "\\|").replace("*", "\\*").replace("_", "\\_");
  }
}
