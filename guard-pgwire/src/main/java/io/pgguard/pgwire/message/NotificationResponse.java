package io.pgguard.pgwire.message;

/** Another session called NOTIFY on a channel that this one listens to. Type {@code A}. */
public record NotificationResponse(int processId, String channel, String payload)
    implements Message {

  public static NotificationResponse decode(MessageReader in) {
    int processId = in.int32();
    String channel = in.text();
    String payload = in.text();
    in.end();
    return new NotificationResponse(processId, channel, payload);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('A');
    out.int32(processId).text(channel).text(payload);
    out.end();
  }
}
