package io.pgguard.jdbc.internal.wire;

import io.pgguard.identity.Principal;
import io.pgguard.mask.LineMasker;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.RowMasker;
import io.pgguard.session.Awaited;
import io.pgguard.session.GuardSession;
import io.pgguard.session.ParameterValue;
import io.pgguard.session.Refusal;
import io.pgguard.session.Ruling;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.StatementPlan;
import io.pgguard.session.StatementRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets all pass but what a test names: texts to refuse, columns to mask. */
final class PermissiveGuard implements GuardSession {
  final AtomicInteger requests = new AtomicInteger();
  final List<String> texts = new ArrayList<>();
  Predicate<String> refused = text -> false;
  Predicate<ResultColumn> masked = column -> false;
  int rowLimit = Integer.MAX_VALUE;
  boolean closed;

  record Plan(String text, int statements) implements StatementPlan {}

  @Override
  public String id() {
    return "permissive";
  }

  @Override
  public Principal principal() {
    throw new UnsupportedOperationException("not asked by the wire");
  }

  @Override
  public void takeBack(String why) {
    throw new AssertionError("nothing is asked here");
  }

  @Override
  public void intent(@Nullable String intent) {
    throw new UnsupportedOperationException("not asked by the wire");
  }

  @Override
  public StatementPlan plan(String text) {
    return new Plan(text, text.isBlank() ? 0 : 1);
  }

  @Override
  public Optional<Refusal> refuse(StatementPlan plan) {
    return refused.test(plan.text()) ? Optional.of(refusal()) : Optional.empty();
  }

  private static Refusal refusal() {
    return new Refusal("42501", "refused by the test", null, "ask", null);
  }

  @Override
  public Awaited<Ruling> request(StatementPlan plan, List<ParameterValue> values) {
    if (refused.test(plan.text())) {
      return Awaited.now(new Ruling.Refused(refusal()));
    }
    requests.incrementAndGet();
    texts.add(plan.text());
    return Awaited.now(new Ruling.Granted(plan.statements() == 0 ? List.of() : List.of(new Run())));
  }

  @Override
  public boolean isCurrent(StatementPlan plan) {
    return true;
  }

  @Override
  public Optional<ServerMessage> unasked(ServerMessage notice) {
    return Optional.of(notice);
  }

  @Override
  public Optional<ServerMessage> ending(ServerMessage message) {
    return unasked(message);
  }

  @Override
  public String notification(String channel, String payload) {
    return payload;
  }

  @Override
  public String parameter(String name, String value) {
    return value;
  }

  @Override
  public void ready(char transactionStatus) {}

  @Override
  public void close() {
    closed = true;
  }

  private final class Run implements StatementRun {
    private int rows;

    @Override
    public Shaped shape(List<ResultColumn> columns) {
      boolean[] hidden = new boolean[columns.size()];
      boolean any = false;
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = masked.test(columns.get(i));
        any |= hidden[i];
      }
      return new Shaped.Rows(new Stars(hidden, !any));
    }

    @Override
    public boolean row(byte[] body, int offset, int length) {
      return ++rows <= rowLimit;
    }

    @Override
    public Refusal overLimit() {
      return new Refusal("54000", "too many rows", null, null, null);
    }

    @Override
    public CopyShaped copy(boolean toClient, boolean binary, int columns) {
      return new CopyShaped.Data(
          new LineMasker() {
            @Override
            public byte[] data(byte[] data, int offset, int length) {
              return java.util.Arrays.copyOfRange(data, offset, offset + length);
            }

            @Override
            public byte[] end() {
              return new byte[0];
            }
          });
    }

    @Override
    public ServerMessage notice(ServerMessage notice) {
      return notice;
    }

    @Override
    public ServerMessage failed(ServerMessage error) {
      return error;
    }

    @Override
    public void suspended() {}

    @Override
    public String completed(String commandTag) {
      return commandTag;
    }

    @Override
    public void abandoned(String why) {}
  }

  /** Puts three stars in the place of hidden values. */
  private static final class Stars implements RowMasker {
    private final boolean[] hidden;
    private final boolean passes;
    private final ByteBuffer out = ByteBuffer.allocate(1 << 16);

    Stars(boolean[] hidden, boolean passes) {
      this.hidden = hidden;
      this.passes = passes;
    }

    @Override
    public boolean passes() {
      return passes;
    }

    @Override
    public boolean mask(byte[] row, int offset, int length) {
      ByteBuffer in = ByteBuffer.wrap(row, offset, length);
      out.clear();
      out.putShort(in.getShort());
      for (boolean each : hidden) {
        int size = in.getInt();
        byte[] value = new byte[Math.max(size, 0)];
        in.get(value);
        byte[] shown = each && size >= 0 ? "***".getBytes(StandardCharsets.UTF_8) : value;
        out.putInt(size < 0 ? -1 : shown.length).put(shown);
      }
      return true;
    }

    @Override
    public byte[] buffer() {
      return out.array();
    }

    @Override
    public int length() {
      return out.position();
    }
  }
}
