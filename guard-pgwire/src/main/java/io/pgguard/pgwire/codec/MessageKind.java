package io.pgguard.pgwire.codec;

import org.jspecify.annotations.Nullable;

/** A message's name and how long it may be, by direction and type byte. */
final class MessageKind {

  private enum Size {
    SMALL,
    TEXT,
    DATA
  }

  private static final @Nullable MessageKind[] FROM_CLIENT = new MessageKind[256];
  private static final @Nullable MessageKind[] FROM_SERVER = new MessageKind[256];

  static {
    client('P', "Parse", Size.TEXT);
    client('B', "Bind", Size.DATA);
    client('D', "Describe", Size.SMALL);
    client('E', "Execute", Size.SMALL);
    client('C', "Close", Size.SMALL);
    client('S', "Sync", Size.SMALL);
    client('H', "Flush", Size.SMALL);
    client('Q', "Query", Size.TEXT);
    client('F', "FunctionCall", Size.DATA);
    client('d', "CopyData", Size.DATA);
    client('c', "CopyDone", Size.SMALL);
    client('f', "CopyFail", Size.SMALL);
    client('X', "Terminate", Size.SMALL);
    client('p', "PasswordMessage", Size.SMALL);
    server('R', "Authentication", Size.SMALL);
    server('S', "ParameterStatus", Size.TEXT);
    server('K', "BackendKeyData", Size.SMALL);
    server('v', "NegotiateProtocolVersion", Size.SMALL);
    server('Z', "ReadyForQuery", Size.SMALL);
    server('T', "RowDescription", Size.TEXT);
    server('t', "ParameterDescription", Size.TEXT);
    server('D', "DataRow", Size.DATA);
    server('C', "CommandComplete", Size.SMALL);
    server('E', "ErrorResponse", Size.TEXT);
    server('N', "NoticeResponse", Size.TEXT);
    server('A', "NotificationResponse", Size.TEXT);
    server('G', "CopyInResponse", Size.SMALL);
    server('H', "CopyOutResponse", Size.SMALL);
    server('W', "CopyBothResponse", Size.SMALL);
    server('d', "CopyData", Size.DATA);
    server('c', "CopyDone", Size.SMALL);
    server('s', "PortalSuspended", Size.SMALL);
    server('I', "EmptyQueryResponse", Size.SMALL);
    server('n', "NoData", Size.SMALL);
    server('1', "ParseComplete", Size.SMALL);
    server('2', "BindComplete", Size.SMALL);
    server('3', "CloseComplete", Size.SMALL);
    server('V', "FunctionCallResponse", Size.DATA);
  }

  private final String name;
  private final Size size;

  private MessageKind(String name, Size size) {
    this.name = name;
    this.size = size;
  }

  private static void client(char type, String name, Size size) {
    FROM_CLIENT[type] = new MessageKind(name, size);
  }

  private static void server(char type, String name, Size size) {
    FROM_SERVER[type] = new MessageKind(name, size);
  }

  /** The kind of a message from the client; null for a type that the protocol does not have. */
  static @Nullable MessageKind fromClient(byte type) {
    return FROM_CLIENT[type & 0xff];
  }

  /** The kind of a message from the server; null for a type that the protocol does not have. */
  static @Nullable MessageKind fromServer(byte type) {
    return FROM_SERVER[type & 0xff];
  }

  /** The protocol's name. */
  String messageName() {
    return name;
  }

  int limit(WireLimits limits) {
    return switch (size) {
      case SMALL -> limits.small();
      case TEXT -> limits.text();
      case DATA -> limits.data();
    };
  }
}
