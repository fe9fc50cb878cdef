package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.ByteSink;
import io.pgguard.pgwire.codec.FrameHandler;
import io.pgguard.pgwire.codec.Framer;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.BindComplete;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.CloseComplete;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.CopyInResponse;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.EmptyQueryResponse;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.NoData;
import io.pgguard.pgwire.message.ParameterDescription;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.ParseComplete;
import io.pgguard.pgwire.message.PortalSuspended;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.session.ServerMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the order and with the buffering of PostgreSQL, without a database, so that a stream
 * can be damaged a million times. What it gets is held against what the guard decided.
 */
final class StandInServer implements ByteSink {
  private final ScriptedGuard guard;
  private final boolean heard;
  private final Framer framer = Framer.fromClient(WireLimits.DEFAULT);
  private final MessageReader in = new MessageReader();
  private final MessageWriter out = new MessageWriter();
  private final StandInResults results = new StandInResults(out);
  private final Map<String, String> statements = new HashMap<>();
  private final Map<String, Portal> portals = new HashMap<>();
  private int flushed;
  private long taken;
  private long whole;
  private boolean skips;
  private boolean ended;
  private char status = 'I';

  /** What is run that data of the client goes to; null for nothing. */
  private @Nullable Runnable copying;

  /** A statement that runs in pieces. */
  private static final class Portal {
    final String text;
    final boolean own;
    int at;
    boolean completed;

    Portal(String text, boolean own) {
      this.text = text;
      this.own = own;
    }
  }

  /**
   * @param heard whether what it says arrives as it is: else the machine may hold a name for that
   *     of another text that was decided on too
   */
  StandInServer(ScriptedGuard guard, boolean heard) {
    this.guard = guard;
    this.heard = heard;
  }

  /** What it has sent since the last call. */
  byte[] take() {
    byte[] all = out.toByteArray();
    byte[] sent = java.util.Arrays.copyOf(all, flushed);
    out.clear();
    out.bytes(java.util.Arrays.copyOfRange(all, flushed, all.length));
    flushed = 0;
    return sent;
  }

  boolean sends() {
    return flushed > 0;
  }

  boolean ended() {
    return ended;
  }

  /** Whether it waits for data of the client. */
  boolean copies() {
    return copying != null;
  }

  /** Whether it got whole messages and nothing beside. */
  boolean gotWholeMessages() {
    return taken == whole;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    taken += length;
    framer.feed(
        bytes,
        offset,
        length,
        new FrameHandler() {
          @Override
          public boolean frame(byte[] frame, int at, int size) {
            whole += size;
            if (!ended) {
              char type = (char) frame[at];
              in.over("message " + type, frame, at + 5, size - 5);
              took(type);
            }
            return true;
          }

          @Override
          public void pause() {}
        });
  }

  private void took(char type) {
    Runnable data = copying;
    if (type == 'X') {
      ended = true;
    } else if (data != null) {
      copied(type, data);
    } else if (type == 'S') {
      skips = false;
      ready();
    } else if (type == 'H' && !skips) {
      flush();
    } else if (!skips) {
      answer(type);
    }
  }

  private void copied(char type, Runnable data) {
    switch (type) {
      case 'd', 'H', 'S' -> {}
      case 'c' -> {
        copying = null;
        data.run();
      }
      case 'f' -> {
        copying = null;
        fail("57014");
        data.run();
      }
      default -> { // what was pipelined behind the COPY: its data cannot be told from the rest
        say(new ErrorResponse(StandInResults.fatal()));
        flush();
        ended = true;
      }
    }
  }

  private void answer(char type) {
    switch (type) {
      case 'Q' -> query(Query.decode(in).text());
      case 'P' -> parse(Parse.decode(in));
      case 'B' -> bind(Bind.decode(in));
      case 'D' -> describe(Describe.decode(in));
      case 'E' -> execute(Execute.decode(in));
      case 'C' -> {
        Close close = Close.decode(in);
        (close.kind() == 'S' ? statements : portals).remove(close.name());
        say(new CloseComplete());
      }
      case 'd', 'c', 'f' -> {}
      default -> throw new AssertionError("a message of type " + type + " reached the server");
    }
  }

  private void query(String text) {
    statements.remove("");
    portals.remove("");
    if (!text.isEmpty()) {
      takeGrant(text);
    }
    String[] pieces = text.isBlank() ? new String[0] : text.split(";");
    if (pieces.length == 0) {
      say(new EmptyQueryResponse());
    }
    pieces(pieces, 0);
  }

  private void pieces(String[] pieces, int from) {
    for (int i = from; i < pieces.length && !skips; i++) {
      String text = pieces[i].strip();
      if (text.isEmpty()) {
        continue;
      }
      if (StandInResults.copiesIn(text)) {
        int next = i + 1;
        beginCopy(
            () -> {
              if (!skips) {
                say(new CommandComplete("COPY 1"));
              }
              pieces(pieces, next);
            });
        return;
      }
      run(new Portal(text, false), 0, true);
    }
    skips = false;
    ready();
  }

  private void beginCopy(Runnable then) {
    if (failed("COPY")) {
      then.run();
      return;
    }
    say(new CopyInResponse(false, new short[2]));
    flush();
    copying = then;
  }

  private void parse(Parse parse) {
    boolean own = parse.name().startsWith(Conversation.RESERVED);
    String text = parse.text();
    boolean decided =
        own
            ? FuzzedGuard.isOwn(text) || guard.granted.containsKey(text)
            : guard.passed.contains(text) || guard.granted.containsKey(text);
    if (!decided) {
      throw new AssertionError("undecided: Parse of " + parse.name() + " as " + text);
    }
    if (parse.name().isEmpty()) {
      statements.remove("");
    }
    if (!StandInResults.known(text) || !parse.name().isEmpty() && taken(statements, parse.name())) {
      fail("42601");
    } else if (!failed(text)) {
      statements.put(parse.name(), text);
      say(new ParseComplete());
    }
  }

  private static boolean taken(Map<String, ?> names, String name) {
    return names.containsKey(name);
  }

  private void bind(Bind bind) {
    boolean own = bind.portal().startsWith(Conversation.RESERVED);
    String text = statements.get(bind.statement());
    if (text != null && !own) {
      takeGrant(text);
    }
    if (text == null || !bind.portal().isEmpty() && taken(portals, bind.portal())) {
      fail("26000");
    } else if (!failed(text)) {
      portals.put(bind.portal(), new Portal(text, own));
      say(new BindComplete());
    }
  }

  private void takeGrant(String text) {
    int left = guard.granted.getOrDefault(text, 0);
    if (left == 0 && !heard && guard.passed.contains(text)) {
      return;
    }
    if (left == 0) {
      throw new AssertionError("the server is to run what nobody granted: " + text);
    }
    guard.granted.put(text, left - 1);
  }

  private void describe(Describe describe) {
    String text;
    if (describe.kind() == 'S') {
      text = statements.get(describe.name());
    } else {
      Portal portal = portals.get(describe.name());
      text = portal == null ? null : portal.text;
    }
    if (text == null) {
      fail("34000");
    } else if (!failed(text)) {
      if (describe.kind() == 'S') {
        say(new ParameterDescription(new int[0]));
      }
      if (StandInResults.rows(text) > 0) {
        results.columns(text);
      } else {
        say(new NoData());
      }
    }
  }

  private void execute(Execute execute) {
    Portal portal = portals.get(execute.portal());
    if (portal == null) {
      fail("34000");
    } else if (portal.completed && StandInResults.rows(portal.text) == 0) {
      fail("55000");
    } else if (StandInResults.copiesIn(portal.text)) {
      portal.completed = true;
      beginCopy(
          () -> {
            if (!skips) {
              say(new CommandComplete("COPY 1"));
            }
          });
    } else {
      run(portal, execute.maxRows(), false);
    }
  }

  private void run(Portal portal, int limit, boolean describes) {
    String text = portal.text;
    if (failed(text)) {
      return;
    }
    if (text.startsWith("FAIL") || !StandInResults.known(text)) {
      fail("XX001");
      return;
    }
    if (text.isBlank()) {
      say(new EmptyQueryResponse());
      return;
    }
    changeNames(text);
    int rows = portal.own ? 1 : StandInResults.rows(text);
    int left = rows - portal.at;
    int count = limit == 0 ? left : Math.min(limit, left);
    if (describes && rows > 0) {
      results.columns(text);
    }
    for (int i = 0; i < count; i++) {
      results.row(portal.at++);
    }
    if (limit > 0 && count == limit) {
      say(new PortalSuspended());
      return;
    }
    portal.completed = true;
    results.end(text, count);
    status = StandInResults.after(text, status);
  }

  /** Statements and cursors of SQL share their names with those of messages. */
  private void changeNames(String text) {
    switch (text) {
      case "DECLARE p1 CURSOR WITH HOLD FOR SELECT ssn FROM people" ->
          portals.putIfAbsent("p1", new Portal("SELECT ssn FROM people", false));
      case "CLOSE p1" -> portals.remove("p1");
      case "PREPARE s1 AS SELECT ssn FROM people" ->
          statements.putIfAbsent("s1", "SELECT ssn FROM people");
      case "DEALLOCATE ALL" -> statements.clear();
      default -> {}
    }
  }

  /** Whether the transaction has failed and the text cannot end it. */
  private boolean failed(String text) {
    if (status == 'E' && !text.isEmpty() && StandInResults.after(text, 'E') == 'E') {
      fail("25P02");
      return true;
    }
    return false;
  }

  private void fail(String sqlState) {
    say(new ErrorResponse(ServerMessage.error(sqlState, StandInResults.SECRET, null, null)));
    flush();
    skips = true;
    status = status == 'I' ? 'I' : 'E';
  }

  private void ready() {
    if (status == 'I') {
      portals.clear();
    }
    say(new ReadyForQuery(status));
    flush();
  }

  private void say(Message message) {
    message.encode(out);
  }

  private void flush() {
    flushed = out.length();
  }
}
