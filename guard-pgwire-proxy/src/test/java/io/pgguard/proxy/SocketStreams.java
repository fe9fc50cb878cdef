package io.pgguard.proxy;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What clients send to the database of {@link GuardedProxy}. */
final class SocketStreams {
  private static final String[] TEXTS = {
    "SELECT id, ssn FROM customers WHERE id < 4",
    "SELECT ssn FROM customers WHERE id = 1",
    "SELECT id, upper(ssn) FROM customers WHERE id < 3",
    "SELECT c FROM customers c WHERE id = 2",
    "SELECT 1",
    "TRUNCATE notes",
    "DROP TABLE customers",
    "TRUNCATE customers",
    "INSERT INTO notes (body) VALUES ('n') RETURNING id",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "COPY customers TO STDOUT",
    "COPY notes (body) FROM STDIN",
    "DECLARE k CURSOR FOR SELECT ssn FROM customers",
    "FETCH 2 FROM k",
    "PREPARE s1 AS SELECT ssn FROM customers",
    "EXECUTE s1",
    "SELECT ssn::int FROM customers",
    "SELECT * FROM customers WHERE ssn = '901-02-0001'",
    "SET application_name = 'x'",
    "",
  };
  private static final String[] NAMES = {"", "", "s1", "p1"};

  private final Random random;
  private final List<byte[]> all = new ArrayList<>();

  private SocketStreams(Random random) {
    this.random = random;
  }

  static List<byte[]> next(Random random) {
    SocketStreams streams = new SocketStreams(random);
    for (int left = 1 + random.nextInt(5); left > 0; left--) {
      streams.add();
    }
    return streams.all;
  }

  private void add() {
    String text = TEXTS[random.nextInt(TEXTS.length)];
    String name = NAMES[random.nextInt(NAMES.length)];
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        say(new Parse(name, text, new int[0]));
        say(new Bind(name, name, new short[0], new byte[0][], new short[0]));
        if (random.nextBoolean()) {
          say(new Describe('P', name));
        }
        say(new Execute(name, random.nextInt(3)));
        data(text);
        say(random.nextInt(4) == 0 ? new Flush() : new Sync());
      }
      case 2, 3 -> {
        say(new Query(text));
        data(text);
      }
      case 4 -> say(new Close(random.nextBoolean() ? 'S' : 'P', name));
      default -> say(new Sync());
    }
  }

  private void data(String text) {
    if (text.contains("STDIN")) {
      say(new CopyData("data\n".getBytes(StandardCharsets.UTF_8)));
      say(new CopyDone());
    }
  }

  private void say(Message message) {
    all.add(message.toByteArray());
  }
}
