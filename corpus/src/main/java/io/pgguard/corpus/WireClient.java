package io.pgguard.corpus;

import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.CopyFail;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.FunctionCallResponse;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.NotificationResponse;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.PasswordMessage;
import io.pgguard.pgwire.message.RowDescription;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.pgwire.opening.server.SaslMechanisms;
import io.pgguard.proxy.database.OngresScram;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A client that says just what it is told to, and keeps all that comes back. One thread at a time.
 */
final class WireClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  /** What is streamed has no end; after this much silence its client has seen enough. */
  private static final int ENDLESS_MILLIS = 1_500;

  private final Socket socket;
  private final DataInputStream in;
  private final MessageReader reader = new MessageReader();

  /**
   * Logs in.
   *
   * @param startup what stands in the startup packet besides user and database
   * @throws SQLException what the server says where it lets nobody in
   */
  WireClient(WireAddress address, Map<String, String> startup) throws IOException, SQLException {
    socket = new Socket(address.host(), address.port());
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(socket.getInputStream());
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("user", address.user());
      parameters.put("database", address.database());
      parameters.put("client_encoding", "UTF8");
      parameters.putAll(startup);
      send(new StartupMessage(StartupMessage.VERSION_3_0, parameters));
      logIn(address.password());
    } catch (IOException | SQLException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void logIn(String password) throws IOException, SQLException {
    SaslMechanisms.Exchange exchange =
        new OngresScram().begin(List.of("SCRAM-SHA-256"), password, null);
    while (true) {
      char type = next();
      if (type == 'E') {
        throw error();
      } else if (type == 'Z') {
        return;
      } else if (type == 'R') {
        Authentication asked = Authentication.decode(reader);
        String data = new String(asked.data(), StandardCharsets.UTF_8);
        switch (asked.code()) {
          case 0 -> {}
          case 3 -> answer((password + '\0').getBytes(StandardCharsets.UTF_8));
          case 10 -> {
            byte[] first = exchange.first().getBytes(StandardCharsets.UTF_8);
            MessageWriter out = new MessageWriter().text(exchange.mechanism());
            answer(out.int32(first.length).bytes(first).toByteArray());
          }
          case 11 -> answer(exchange.answer(data).getBytes(StandardCharsets.UTF_8));
          case 12 -> exchange.verify(data);
          default -> throw new IOException("a way to log in that is not known: " + asked.code());
        }
      }
    }
  }

  private void answer(byte[] data) throws IOException {
    send(new PasswordMessage(data));
  }

  /** Sends messages in one piece. */
  void send(Message... messages) throws IOException {
    MessageWriter out = new MessageWriter();
    for (Message message : messages) {
      message.encode(out);
    }
    send(out.toByteArray());
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  private char next() throws IOException {
    char type = (char) in.readUnsignedByte();
    byte[] body = new byte[in.readInt() - 4];
    in.readFully(body);
    reader.over("message " + type, body, 0, body.length);
    return type;
  }

  private PSQLException error() {
    return new PSQLException(new ServerErrorMessage(bodyText()));
  }

  private String bodyText() {
    return ByteDecodings.text(reader.rest());
  }

  /**
   * All that comes up to ReadyForQuery, one answer for each result. The end of the connection, and
   * silence, are the last answer's error.
   */
  List<Answer> answers() {
    List<Answer> answers = new ArrayList<>();
    Answer answer = new Answer();
    ByteArrayOutputStream copied = new ByteArrayOutputStream();
    List<Boolean> binary = new ArrayList<>();
    List<Integer> types = new ArrayList<>();
    try {
      for (char type = next(); type != 'Z'; type = next()) {
        boolean over = true;
        switch (type) {
          case 'T' -> {
            describe(answer, types, binary);
            over = false;
          }
          case 'D' -> {
            row(answer, types, binary);
            over = false;
          }
          case 'd' -> {
            copied.write(reader.rest());
            over = false;
          }
          case 'V' -> {
            byte[] value = FunctionCallResponse.decode(reader).value();
            answer.otherGetters.add(value == null ? "" : ByteDecodings.text(value));
          }
          case 'C' -> answer.tag = CommandComplete.decode(reader).tag();
          case 'E' -> answer.error = error();
          case 's', 'I' -> {}
          default -> {
            aside(type, answer);
            over = false;
          }
        }
        if (over) {
          answer.copied = copied.size() == 0 ? null : copied.toByteArray();
          answers.add(answer);
          answer = new Answer();
        }
      }
    } catch (SocketTimeoutException e) {
      answer.error = new SQLException("nothing more came", "57014", e);
      answer.cancelled = true;
    } catch (IOException e) {
      answer.error = new SQLException("the connection ended", "08006", e);
    }
    answer.copied = copied.size() == 0 ? null : copied.toByteArray();
    answers.add(answer);
    return answers;
  }

  private void aside(char type, Answer answer) throws IOException {
    switch (type) {
      case 'N' -> answer.warnings.add(bodyText().replace('\0', '|'));
      case 'A' -> {
        NotificationResponse said = NotificationResponse.decode(reader);
        answer.notifications.add(said.channel() + " " + said.payload());
      }
      case 'S' -> {
        ParameterStatus said = ParameterStatus.decode(reader);
        answer.parameters.add(said.name() + "=" + said.value());
      }
      case 'G' -> send(new CopyFail("no data"));
      case 'W' -> socket.setSoTimeout(ENDLESS_MILLIS);
      default -> {} // what answers Parse, Bind, Close, and opens COPY, tells nothing
    }
  }

  private void describe(Answer answer, List<Integer> types, List<Boolean> binary) {
    types.clear();
    binary.clear();
    for (RowDescription.Field field : RowDescription.decode(reader).fields()) {
      answer.labels.add(field.name());
      types.add(field.typeOid());
      binary.add(field.format() == 1);
    }
  }

  private void row(Answer answer, List<Integer> types, List<Boolean> binary) {
    byte[][] values = DataRow.decode(reader).values();
    List<String> row = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      byte[] value = values[i];
      boolean coded = i < types.size() && binary.get(i);
      row.add(
          value == null
              ? ""
              : coded ? BinaryValues.text(types.get(i), value) : ByteDecodings.text(value));
    }
    while (answer.labels.size() < values.length) {
      answer.labels.add(""); // rows that were never described
    }
    answer.rows.add(new ArrayList<>(row));
  }

  @Override
  public void close() throws IOException {
    try {
      send(new Terminate());
    } finally {
      socket.close();
    }
  }
}
