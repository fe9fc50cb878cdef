package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.CopyFail;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.FunctionCall;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.message.Terminate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What clients send, in orders that make sense and in others. */
final class FuzzedClient {
  private static final String[] TEXTS = {
    "SELECT id, ssn FROM people",
    "SELECT id, ssn FROM people",
    "SELECT id, withheld FROM people",
    "SELECT forbidden",
    "SELECT denied",
    "SELECT doubted",
    "INSERT INTO people VALUES (1) RETURNING ssn",
    "INSERT INTO people VALUES (1) RETURNING withheld",
    "INSERT INTO people VALUES (2)",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "COPY people TO STDOUT",
    "COPY people FROM STDIN",
    "COPY withheld TO STDOUT",
    "COPY withheld FROM STDIN",
    "DECLARE p1 CURSOR WITH HOLD FOR SELECT ssn FROM people",
    "FETCH 1 FROM p1",
    "CLOSE p1",
    "PREPARE s1 AS SELECT ssn FROM people",
    "EXECUTE s1",
    "DEALLOCATE ALL",
    "DO $$it$$",
    "SET application_name = x",
    "NOTIFY ch",
    "FAIL",
    "SELEC 1",
    "",
  };
  private static final String[] STATEMENTS = {"", "", "s1", "s2", "guard_refused"};
  private static final String[] PORTALS = {"", "", "p1", "p2", "guard_question"};
  private static final short[] TEXT = {};
  private static final byte[][] NO_VALUES = {};

  private final Random random;
  private final List<Message> all = new ArrayList<>();

  private FuzzedClient(Random random) {
    this.random = random;
  }

  static List<Message> messages(Random random) {
    FuzzedClient client = new FuzzedClient(random);
    for (int left = 1 + random.nextInt(10); left > 0; left--) {
      client.add();
    }
    client.all.add(new Sync());
    if (random.nextInt(4) == 0) {
      client.all.add(new Terminate());
    }
    return client.all;
  }

  private void add() {
    String name = pick(STATEMENTS);
    String portal = pick(PORTALS);
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> {
        String text = pick(TEXTS);
        all.add(new Parse(name, text, new int[0]));
        all.add(bind(portal, name));
        if (random.nextBoolean()) {
          all.add(random.nextBoolean() ? new Describe('P', portal) : new Describe('S', name));
        }
        all.add(new Execute(portal, random.nextInt(3)));
        data(text);
      }
      case 4 -> all.add(new Parse(name, pick(TEXTS), new int[0]));
      case 5 -> {
        all.add(bind(portal, name));
        all.add(new Execute(portal, random.nextInt(3)));
      }
      case 6 -> all.add(new Execute(pick(PORTALS), random.nextInt(3)));
      case 7 -> all.add(new Describe('S', name));
      case 8 -> all.add(new Describe('P', portal));
      case 9 -> all.add(new Close(random.nextBoolean() ? 'S' : 'P', name));
      case 10, 11 -> {
        String text = pick(TEXTS);
        if (random.nextInt(3) == 0) {
          text += "; " + pick(TEXTS);
        }
        all.add(new Query(text));
        data(text);
      }
      case 12 -> all.add(new Flush());
      case 13 -> all.add(new FunctionCall(42, TEXT, NO_VALUES, (short) 0));
      default -> all.add(new Sync());
    }
  }

  private void data(String text) {
    if (!text.contains("STDIN") || random.nextInt(4) == 0) {
      return;
    }
    if (random.nextInt(3) == 0) {
      all.add(new Sync());
    }
    all.add(new CopyData(new byte[] {'1', '\n'}));
    all.add(random.nextInt(4) == 0 ? new CopyFail("no") : new CopyDone());
  }

  private Bind bind(String portal, String name) {
    return new Bind(portal, name, TEXT, NO_VALUES, random.nextBoolean() ? TEXT : new short[] {1});
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
