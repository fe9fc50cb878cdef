package io.pgguard.pgwire.session;

import io.pgguard.mask.LineMasker;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.RowMasker;
import io.pgguard.session.Refusal;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.StatementRun;
import io.pgguard.session.Watch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of {@link ScriptedGuard}. */
final class ScriptedRun implements StatementRun {
  private final ScriptedGuard guard;
  private final String text;
  private final int offset;
  private final @Nullable Watch watch;
  private int rows;
  private boolean ended;
  private boolean told;

  ScriptedRun(ScriptedGuard guard, String text, int offset) {
    this.guard = guard;
    this.text = text;
    this.offset = offset;
    this.watch = guard.watched.test(text) ? new ScriptedWatch(guard, this) : null;
  }

  String text() {
    return text;
  }

  /** Whether the guard was told how it ended. */
  boolean ended() {
    return ended;
  }

  @Override
  public boolean asks() {
    return !told && guard.asks.test(text);
  }

  @Override
  public void told(Watch.Row answer) {
    told = true;
    guard.events.add("told " + answer.values().size() + " <- " + text);
  }

  @Override
  public boolean leavesPrepared() {
    return !text.startsWith("DO") && !text.startsWith("COPY");
  }

  @Override
  public boolean bounded() {
    return guard.bounded;
  }

  @Override
  public Optional<Refusal> stands() {
    guard.waitsHere();
    return guard.changed.test(text) ? Optional.of(Refusal.CHANGED) : Optional.empty();
  }

  @Override
  public @Nullable Watch watch() {
    return watch;
  }

  @Override
  public Piece piece() {
    return new Piece(text, offset);
  }

  void undone() {
    end("undone");
  }

  @Override
  public Shaped shape(List<ResultColumn> columns) {
    if (!guard.shaped.contains(text)) { // else nothing has to be found out
      guard.waitsHere();
      guard.shaped.add(text);
    }
    if (guard.withheld.test(columns)) {
      return new Shaped.Withheld(ScriptedGuard.refusal("shape"));
    }
    boolean[] masked = new boolean[columns.size()];
    for (int i = 0; i < masked.length; i++) {
      masked[i] = guard.masked.test(columns.get(i));
    }
    return new Shaped.Rows(new StarMasker(masked));
  }

  @Override
  public boolean row(byte[] body, int offset, int length) {
    guard.waitsHere();
    if (ended) {
      throw new IllegalStateException("a row after the end of " + text);
    }
    return ++rows <= guard.rowLimit;
  }

  @Override
  public Refusal overLimit() {
    return new Refusal("54000", "too many rows", null, null, null);
  }

  @Override
  public CopyShaped copy(boolean toClient, boolean binary, int columns) {
    if (guard.copyWithheld.test(text)) {
      return new CopyShaped.Withheld(ScriptedGuard.refusal("copy"));
    }
    return new CopyShaped.Data(
        new LineMasker() {
          @Override
          public byte[] data(byte[] data, int offset, int length) {
            String line = new String(data, offset, length, StandardCharsets.UTF_8);
            return (guard.silent ? "hidden\n" : line.replaceAll("\\d{3}-\\d{2}-\\d{4}", "***"))
                .getBytes(StandardCharsets.UTF_8);
          }

          @Override
          public byte[] end() {
            return new byte[0];
          }
        });
  }

  @Override
  public ServerMessage notice(ServerMessage notice) {
    return guard.hide(notice);
  }

  @Override
  public ServerMessage failed(ServerMessage error) {
    end("failed " + error.field('C'));
    return guard.hide(error);
  }

  @Override
  public void suspended() {
    guard.events.add("suspended " + text + " after " + rows);
  }

  @Override
  public String completed(String commandTag) {
    end("completed " + commandTag);
    return guard.silent ? "SELECT 0" : commandTag;
  }

  @Override
  public void abandoned(String why) {
    end("abandoned");
  }

  private void end(String how) {
    if (ended) {
      throw new IllegalStateException("a second end of " + text + ": " + how);
    }
    ended = true;
    guard.events.add(how + " <- " + text);
  }

  /** Puts three stars in the place of each masked value. */
  private static final class StarMasker implements RowMasker {
    private static final byte[] STARS = "***".getBytes(StandardCharsets.UTF_8);
    private final boolean[] masked;
    private boolean passes = true;
    private byte[] buffer = new byte[64];
    private int length;

    StarMasker(boolean[] masked) {
      this.masked = masked;
      for (boolean each : masked) {
        passes &= !each;
      }
    }

    @Override
    public boolean passes() {
      return passes;
    }

    @Override
    public boolean mask(byte[] row, int offset, int rowLength) {
      length = 0;
      put(row, offset, 2);
      int at = offset + 2;
      for (boolean each : masked) {
        int size = io.pgguard.pgwire.message.Bytes.int32(row, at);
        if (size >= 0 && each) {
          put(new byte[] {0, 0, 0, 3}, 0, 4);
          put(STARS, 0, 3);
        } else {
          put(row, at, 4 + Math.max(size, 0));
        }
        at += 4 + Math.max(size, 0);
      }
      return true;
    }

    private void put(byte[] from, int offset, int count) {
      if (buffer.length - length < count) {
        buffer = Arrays.copyOf(buffer, (length + count) * 2);
      }
      System.arraycopy(from, offset, buffer, length, count);
      length += count;
    }

    @Override
    public byte[] buffer() {
      return buffer;
    }

    @Override
    public int length() {
      return length;
    }
  }
}
