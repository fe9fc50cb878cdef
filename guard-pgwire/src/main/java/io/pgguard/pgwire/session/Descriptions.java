package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.NoData;
import io.pgguard.pgwire.message.ParameterDescription;
import io.pgguard.pgwire.session.Expected.CursorDescription;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.QueryReply;
import io.pgguard.pgwire.session.Expected.Shown;
import io.pgguard.pgwire.session.Expected.StatementDescription;
import io.pgguard.session.Refusal;
import java.io.IOException;

/** What the server says of results before they come. */
final class Descriptions {
  private final Conversation conversation;
  private final KnownLayouts layouts = new KnownLayouts();

  Descriptions(Conversation conversation) {
    this.conversation = conversation;
  }

  void row(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    KnownLayouts.Layout layout = layouts.read(body, bytes, offset + 5, length - 5);
    Expected head = conversation.owed.head();
    Shown shown = Shown.ALL;
    if (head instanceof StatementDescription statement && statement.parametersSeen) {
      statement.prepared.described(layout.fields());
      conversation.owed.answered();
    } else if (head instanceof PortalDescription asked) {
      asked.portal().shape(layout.columns());
      shown = asked.shown();
      conversation.owed.answered();
      endWhatFollows(asked.portal());
    } else if (head instanceof CursorDescription) {
      conversation.owed.answered();
    } else if (head instanceof QueryReply query && query.flow() != null && !query.failed) {
      Flow flow = query.flow();
      flow.shape(layout.columns());
      Refusal withheld = flow.withheld();
      if (withheld != null) {
        conversation.unanswered.endEarly(withheld);
      }
    } else {
      throw unexpected("RowDescription");
    }
    relay(shown != Shown.NOTHING, bytes, offset, length);
  }

  void noData(MessageReader body, byte[] bytes, int offset) throws IOException {
    NoData.decode(body);
    Expected head = conversation.owed.head();
    Shown shown = Shown.ALL;
    if (head instanceof StatementDescription statement && statement.parametersSeen) {
      statement.prepared.describedWithoutRows();
    } else if (head instanceof PortalDescription asked) {
      shown = asked.shown();
      if (asked.portal().flow != null) {
        asked.portal().flow.noRows();
      }
    } else if (!(head instanceof CursorDescription)) {
      throw unexpected("NoData");
    }
    conversation.owed.answered();
    relay(shown == Shown.ALL, bytes, offset, 5);
  }

  void parameters(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    ParameterDescription.decode(body);
    if (!(conversation.owed.head() instanceof StatementDescription statement)
        || statement.parametersSeen) {
      throw unexpected("ParameterDescription");
    }
    statement.parametersSeen = true;
    relay(true, bytes, offset, length);
  }

  /** An Execute of the portal that is already on its way is ended as soon as it is answered. */
  private void endWhatFollows(Portal portal) throws IOException {
    Refusal withheld = portal.flow == null ? null : portal.flow.withheld();
    if (withheld != null
        && conversation.owed.head() instanceof Expected.ExecuteReply next
        && next.portal == portal) {
      conversation.unanswered.endEarly(withheld);
    }
  }

  private void relay(boolean shown, byte[] bytes, int offset, int length) throws IOException {
    if (shown && !conversation.draining()) {
      conversation.toClient.slice(bytes, offset, length);
    }
  }

  private static MalformedMessageException unexpected(String name) {
    return MalformedMessageException.violation(name, "the server was not asked for it");
  }
}
