package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.NotificationResponse;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.Running;
import io.pgguard.session.ServerMessage;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server may say at any time: notices, notifications, settings. */
final class Reports {
  private final Conversation conversation;

  Reports(Conversation conversation) {
    this.conversation = conversation;
  }

  void notice(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    ServerMessage notice = NoticeResponse.decode(body).message();
    Flow flow = running();
    Optional<ServerMessage> shown =
        flow == null || flow.ended()
            ? conversation.guard.ending(notice)
            : Optional.of(flow.run().notice(notice));
    if (shown.isEmpty() || conversation.draining()) {
      return;
    }
    if (shown.get().equals(notice)) {
      conversation.toClient.slice(bytes, offset, length);
    } else {
      conversation.toClient.message(new NoticeResponse(shown.get()));
    }
  }

  private @Nullable Flow running() {
    if (conversation.planning != null) {
      return conversation.planning.flow(); // what runs as it is planned speaks for it
    }
    if (conversation.attended != null) {
      return conversation.attended.flow(); // triggers that a question sets off speak for it
    }
    Expected head = conversation.owed.head();
    if (head instanceof Running running) {
      return running.flow();
    }
    return head instanceof BindReply bind ? bind.portal().flow : null;
  }

  void notification(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    NotificationResponse came = NotificationResponse.decode(body);
    String shown = conversation.guard.notification(came.channel(), came.payload());
    if (shown.equals(came.payload())) {
      conversation.toClient.slice(bytes, offset, length);
    } else {
      conversation.toClient.message(
          new NotificationResponse(came.processId(), came.channel(), shown));
    }
  }

  void parameter(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    ParameterStatus came = ParameterStatus.decode(body);
    String shown = conversation.guard.parameter(came.name(), came.value());
    if (shown.equals(came.value())) {
      conversation.toClient.slice(bytes, offset, length);
    } else {
      conversation.toClient.message(new ParameterStatus(came.name(), shown));
    }
  }
}
