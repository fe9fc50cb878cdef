package io.pgguard.pgwire.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.session.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {
  private static final short[] NO_FORMATS = {};

  static Stream<Arguments> messages() {
    byte[][] values = {utf8("7"), null, utf8("")};
    return Stream.of(
        typed(new Parse("s1", "SELECT 'é', $1", new int[] {25, 0}), Parse::decode),
        typed(new Bind("p", "s", new short[] {1}, values, new short[] {0, 1}), Bind::decode),
        typed(new Bind("", "", NO_FORMATS, new byte[0][], NO_FORMATS), Bind::decode),
        typed(new Describe('S', "s1"), Describe::decode),
        typed(new Close('P', "c"), Close::decode),
        typed(new Execute("c", 50), Execute::decode),
        typed(new Query("SELECT 1; SELECT 2"), Query::decode),
        typed(new FunctionCall(1, NO_FORMATS, values, (short) 1), FunctionCall::decode),
        typed(new FunctionCallResponse(utf8("x")), FunctionCallResponse::decode),
        typed(new FunctionCallResponse(null), FunctionCallResponse::decode),
        typed(new CopyData(utf8("a\tb\n")), CopyData::decode),
        typed(new CopyDone(), CopyDone::decode),
        typed(new CopyFail("no more"), CopyFail::decode),
        typed(new Sync(), Sync::decode),
        typed(new Flush(), Flush::decode),
        typed(new Terminate(), Terminate::decode),
        typed(new PasswordMessage(utf8("secret\0")), PasswordMessage::decode),
        typed(new RowDescription(List.of(field("ssn"), field("naïve"))), RowDescription::decode),
        typed(new RowDescription(List.of()), RowDescription::decode),
        typed(new ParameterDescription(new int[] {23, 25}), ParameterDescription::decode),
        typed(new DataRow(values), DataRow::decode),
        typed(new CommandComplete("SELECT 3"), CommandComplete::decode),
        typed(new ErrorResponse(error()), ErrorResponse::decode),
        typed(new NoticeResponse(error()), NoticeResponse::decode),
        typed(new NotificationResponse(9, "ch", "load"), NotificationResponse::decode),
        typed(new ParameterStatus("TimeZone", "UTC"), ParameterStatus::decode),
        typed(new ReadyForQuery('T'), ReadyForQuery::decode),
        typed(new CopyInResponse(true, new short[] {1, 1}), CopyInResponse::decode),
        typed(new CopyOutResponse(false, new short[] {0}), CopyOutResponse::decode),
        typed(new CopyBothResponse(false, NO_FORMATS), CopyBothResponse::decode),
        typed(new PortalSuspended(), PortalSuspended::decode),
        typed(new EmptyQueryResponse(), EmptyQueryResponse::decode),
        typed(new NoData(), NoData::decode),
        typed(new ParseComplete(), ParseComplete::decode),
        typed(new BindComplete(), BindComplete::decode),
        typed(new CloseComplete(), CloseComplete::decode),
        typed(new BackendKeyData(1, new byte[32]), BackendKeyData::decode),
        typed(new Authentication(10, utf8("SCRAM-SHA-256\0\0")), Authentication::decode),
        typed(
            new NegotiateProtocolVersion(2, List.of("_pq_.x", "_pq_.y")),
            NegotiateProtocolVersion::decode),
        untyped(
            new StartupMessage(StartupMessage.VERSION_3_2, Map.of("user", "ann")),
            StartupMessage::decode),
        untyped(new CancelRequest(77, new byte[4]), CancelRequest::decode),
        untyped(new SSLRequest(), SSLRequest::decode),
        untyped(new GSSENCRequest(), GSSENCRequest::decode));
  }

  private static Arguments typed(Message message, Function<MessageReader, Message> decode) {
    return Arguments.of(message, 5, decode);
  }

  private static Arguments untyped(Message message, Function<MessageReader, Message> decode) {
    return Arguments.of(message, 4, decode);
  }

  private static RowDescription.Field field(String name) {
    return new RowDescription.Field(name, 16384, (short) 2, 25, (short) -1, -1, (short) 0);
  }

  private static ServerMessage error() {
    return ServerMessage.error("42501", "refused", "detail", "hint");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void encoded_decodesToTheSameBytes(
      Message message, int header, Function<MessageReader, Message> decode) {
    byte[] bytes = message.toByteArray();
    assertEquals(bytes.length - header + 4, Bytes.int32(bytes, header - 4), "its length field");
    Message back = decode.apply(body(message, bytes, header, bytes.length - header));
    assertArrayEquals(bytes, back.toByteArray());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void cutShort_isATypedErrorOrAnotherMessage(
      Message message, int header, Function<MessageReader, Message> decode) {
    byte[] bytes = message.toByteArray();
    for (int length = 0; length < bytes.length - header; length++) {
      MessageReader body = body(message, bytes, header, length);
      try {
        Message other = decode.apply(body);
        assertEquals(message.getClass(), other.getClass());
      } catch (MalformedMessageException e) {
        assertEquals(message.getClass().getSimpleName(), e.messageName());
      }
    }
  }

  private static MessageReader body(Message message, byte[] bytes, int offset, int length) {
    return new MessageReader().over(message.getClass().getSimpleName(), bytes, offset, length);
  }

  @Test
  void bytesAfterTheEnd_areAViolation() {
    MessageReader body = new MessageReader().over("Sync", new byte[] {1}, 0, 1);
    MalformedMessageException e =
        assertThrows(MalformedMessageException.class, () -> Sync.decode(body));
    assertEquals("08P01", e.sqlState());
    assertEquals("Sync: 1 bytes too many", e.getMessage());
  }

  @Test
  void aTextThatIsNotUtf8_isAnEncodingError() {
    MessageReader body = new MessageReader().over("Query", new byte[] {(byte) 0xff, 0}, 0, 2);
    MalformedMessageException e =
        assertThrows(MalformedMessageException.class, () -> Query.decode(body));
    assertTrue(e.encodingOnly());
  }

  @Test
  void aCountBeyondTheBody_isRefusedBeforeAnythingIsAllocated() {
    byte[] bytes = {0, 0, (byte) 0xff, (byte) 0xff};
    MessageReader body = new MessageReader().over("Parse", bytes, 0, 4);
    MalformedMessageException e =
        assertThrows(MalformedMessageException.class, () -> Parse.decode(body));
    assertTrue(e.reason().contains("65535"), e.reason());
  }

  @Test
  void bufferOfALargeMessage_isNotKept() {
    MessageWriter out = new MessageWriter();
    new CopyData(new byte[1 << 20]).encode(out);
    new Sync().encode(out.clear());
    assertTrue(out.buffer().length < 1 << 17, "" + out.buffer().length);
  }
}
