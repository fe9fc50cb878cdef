package io.pgguard.examples;

import io.pgguard.audit.LogVerifier;
import io.pgguard.audit.Verification;
import io.pgguard.recording.RecordingProof;
import io.pgguard.recording.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The end of the demo: the audit log is verified, the session replayed, and a changed byte found.
 */
final class Evidence {
  private static final int REPLAYED_LINES = 24;

  private final Transcript transcript;
  private final DemoDatabase database;

  Evidence(Transcript transcript, DemoDatabase database) {
    this.transcript = transcript;
    this.database = database;
  }

  void show() throws IOException {
    transcript.title("The audit log proves that it was not altered");
    Verification verified = LogVerifier.of().verify(database.auditDirectory());
    transcript.line(verified.toString());
    transcript.check(verified instanceof Verification.Verified, "the log verifies");
    replay();
    changeOneByte();
  }

  private void replay() throws IOException {
    transcript.title("The session, replayed from its recording");
    for (Path recording : files(database.recordingDirectory(), ".rec")) {
      StringBuilder text = new StringBuilder();
      Replay.print(recording, text);
      List<String> lines = text.toString().lines().toList();
      lines.stream().limit(REPLAYED_LINES).forEach(transcript::line);
      transcript.line("... " + lines.size() + " lines in all, of " + recording);
      transcript.check(
          lines.stream().anyMatch(l -> l.contains("*******0001")), "it shows what the agent saw");
      transcript.check(
          lines.stream().noneMatch(l -> l.contains("customer1@mail.example")),
          "and nothing that the agent did not see");
      RecordingProof proof = Replay.verify(recording, database.auditDirectory());
      transcript.line(proof.toString());
      transcript.check(proof.holds(), "the audit log vouches for every row of it");
    }
  }

  private void changeOneByte() throws IOException {
    transcript.title("One byte is changed in a copy of the log");
    Path copy = Files.createTempDirectory("guard-changed-log-");
    for (Path file : files(database.auditDirectory(), "")) {
      Files.copy(file, copy.resolve(file.getFileName().toString()));
    }
    Path segment = files(copy, ".jsonl").get(0);
    byte[] bytes = Files.readAllBytes(segment);
    int line = lineStart(bytes, 5);
    int place = line + 200;
    bytes[place] = (byte) (bytes[place] == 'a' ? 'b' : 'a');
    Files.write(segment, bytes);
    Verification broken = LogVerifier.of().verify(copy);
    transcript.line(broken.toString());
    transcript.check(
        broken instanceof Verification.Broken b && b.line() == 5 && b.offset() == line,
        "verification names the place: line 5");
  }

  private static int lineStart(byte[] bytes, int line) {
    int at = 0;
    for (int n = 1; n < line; n++) {
      while (bytes[at] != '\n') {
        at++;
      }
      at++;
    }
    return at;
  }

  private static List<Path> files(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.toString().endsWith(ending))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
