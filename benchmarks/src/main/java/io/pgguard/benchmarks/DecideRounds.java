package io.pgguard.benchmarks;

import com.sun.management.ThreadMXBean;
import io.pgguard.session.GuardSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Decides on texts in the build that it is run with, a round at each line that it reads, for {@link
 * DecideBeside}. Written so that older builds compile it.
 */
public final class DecideRounds {
  private static final int TABLES = 200;
  private static final int COPIES = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final GuardSession session;
  private final String[][] copies = new String[DecideText.values().length][];
  private int label;

  private DecideRounds(GuardSession session) {
    this.session = session;
  }

  /**
   * Reads lines {@code KIND TEXT COUNT}; answers each with the nanoseconds of processor time and
   * the bytes that one decision took.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    try (BenchmarkDatabase database = BenchmarkDatabase.start()) {
      make(database);
      try (GuardSession session = database.session();
          BufferedReader in =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
        DecideRounds rounds = new DecideRounds(session);
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String[] words = line.split(" ");
          rounds.round(
              DecideText.Kind.valueOf(words[0]),
              DecideText.valueOf(words[1]),
              Integer.parseInt(words[2]));
        }
      }
    }
    System.exit(0);
  }

  /** 200 tables beside those of the benchmarks, and two more protected columns. */
  private static void make(BenchmarkDatabase database) throws SQLException {
    StringBuilder sql = new StringBuilder("CREATE SCHEMA archive;");
    sql.append("CREATE TABLE archive.customers (id int PRIMARY KEY, ssn text, email text);");
    for (int i = 0; i < TABLES; i++) {
      sql.append("CREATE TABLE stock").append(i);
      sql.append(" (id int PRIMARY KEY, customer_id int, name text, amount numeric);");
    }
    try (Connection direct = database.connect(false);
        Statement statement = direct.createStatement()) {
      statement.execute(sql.toString());
    }
  }

  private void round(DecideText.Kind kind, DecideText text, int count) {
    String[] texts = texts(kind, text, count);
    long id = Thread.currentThread().getId();
    long bytes = threads.getThreadAllocatedBytes(id);
    long time = threads.getCurrentThreadCpuTime();
    int denied = 0;
    for (int i = 0, at = 0; i < count; i++) {
      denied += session.plan(texts[at]).denied() ? 1 : 0;
      at = at + 1 == texts.length ? 0 : at + 1;
    }
    time = threads.getCurrentThreadCpuTime() - time;
    bytes = threads.getThreadAllocatedBytes(id) - bytes;
    if (denied > 0) {
      throw new IllegalStateException("denied: " + texts[0]);
    }
    System.out.println((double) time / count + " " + (double) bytes / count);
  }

  private String[] texts(DecideText.Kind kind, DecideText text, int count) {
    if (kind == DecideText.Kind.KNOWN) {
      String[] made = copies[text.ordinal()];
      if (made == null) {
        made = new String[COPIES];
        for (int i = 0; i < COPIES; i++) {
          made[i] = text.with("a", "7");
        }
        copies[text.ordinal()] = made;
      }
      return made;
    }
    String[] made = new String[count];
    for (int i = 0; i < count; i++) {
      String next = Integer.toString(++label);
      made[i] = kind == DecideText.Kind.NEW ? text.with("a" + next, "7") : text.with("a", next);
    }
    return made;
  }
}
