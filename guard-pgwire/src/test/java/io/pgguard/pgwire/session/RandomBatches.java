package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random pipelines of messages: right ones, wrong ones, and wrong orders. */
final class RandomBatches {
  private static final String[] NAMES = {"", "", "s1", "s2"};
  private static final String[] PORTALS = {"", "", "p1", "p2"};

  /** The unnamed portal can outlive a Query in a failed transaction; the machine forgets it. */
  private static final String[] NAMED_PORTALS = {"p1", "p2"};

  private final Random random;
  private final String[] texts;

  RandomBatches(Random random, String... texts) {
    this.random = random;
    this.texts = texts;
  }

  /** How many CloseCompletes in a row mark the end of a batch, in any state of the transaction. */
  static final int MARK = 9;

  /** A batch that ends with Sync, the mark, and Sync. */
  List<Message> next() {
    List<Message> batch = new ArrayList<>();
    for (int left = 1 + random.nextInt(12); left > 0; left--) {
      add(batch);
    }
    batch.add(new Sync());
    for (int i = 0; i < MARK; i++) {
      batch.add(new Close('S', "mark"));
    }
    batch.add(new Sync());
    return batch;
  }

  private void add(List<Message> batch) {
    String name = pick(NAMES);
    String portal = pick(PORTALS);
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> {
        batch.add(new Parse(name, pick(texts), new int[0]));
        batch.add(bind(portal, name));
        if (random.nextBoolean()) {
          batch.add(random.nextBoolean() ? new Describe('P', portal) : new Describe('S', name));
        }
        batch.add(new Execute(portal, random.nextInt(3)));
      }
      case 3 -> batch.add(new Parse(name, pick(texts), new int[0]));
      case 4, 5 -> {
        batch.add(bind(portal, name));
        batch.add(new Execute(portal, random.nextInt(3)));
      }
      case 6 -> batch.add(bind(portal, name));
      case 7 -> batch.add(new Execute(pick(NAMED_PORTALS), random.nextInt(3)));
      case 8 -> batch.add(new Describe('S', name));
      case 9 -> batch.add(new Describe('P', pick(NAMED_PORTALS)));
      case 10 -> batch.add(new Close(random.nextBoolean() ? 'S' : 'P', name));
      case 11 -> {
        batch.add(new Query(pick(texts) + (random.nextBoolean() ? "; " + pick(texts) : "")));
      }
      case 12 -> batch.add(new Flush());
      default -> batch.add(new Sync());
    }
  }

  private Bind bind(String portal, String name) {
    short[] formats = random.nextInt(4) == 0 ? new short[] {1} : new short[0];
    return new Bind(portal, name, new short[0], new byte[0][], formats);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
