package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.session.Expected.CursorDescription;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.Shown;
import io.pgguard.pgwire.session.Expected.StatementDescription;
import io.pgguard.session.Refusal;
import io.pgguard.wording.WireWording;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the client asks to be described, and what Guard asks for itself. */
final class Describing {
  private final Conversation conversation;
  private final NamedInMessages named;

  /** What the client's last message in {@link #lastSegment} prepared or bound. */
  private @Nullable Object last;

  private int lastSegment;

  Describing(Conversation conversation, NamedInMessages named) {
    this.conversation = conversation;
    this.named = named;
  }

  /** A message of the client neither prepared nor bound anything. */
  void otherMessage() {
    last = null;
  }

  boolean describe(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    Describe describe = Describe.decode(body);
    if (describe.kind() == 'P') {
      return describePortal(describe.name(), bytes, offset, length);
    }
    if (conversation.statements.uncertain(describe.name(), conversation.segment)) {
      return false;
    }
    Prepared prepared = conversation.statements.current(describe.name());
    if (prepared == null) {
      return named.unknownStatement(describe.name());
    }
    if (prepared.traits.fetches() && !fresh(prepared)) {
      return refuseLateDescription();
    }
    last = null;
    conversation.toServer.slice(bytes, offset, length);
    prepared.describeSegment = conversation.segment;
    conversation.owed.expect(new StatementDescription(prepared));
    return true;
  }

  private boolean describePortal(String name, byte[] bytes, int offset, int length)
      throws IOException {
    if (conversation.portals.uncertain(name, conversation.segment)) {
      return false;
    }
    Portal portal = conversation.portals.current(name);
    if (portal == null) {
      return describeCursor(name, bytes, offset, length);
    }
    if (portal.prepared.traits.fetches() && !fresh(portal)) {
      return refuseLateDescription();
    }
    last = null;
    conversation.toServer.slice(bytes, offset, length);
    expectDescription(portal, Shown.ALL);
    return true;
  }

  /**
   * A cursor of SQL is a portal by its name, and some clients describe it so. Its columns are told
   * where a FETCH of it would be let through.
   */
  private boolean describeCursor(String name, byte[] bytes, int offset, int length)
      throws IOException {
    if (name.isEmpty()) {
      return named.unknownPortal(name);
    }
    if (named.unusable(name)) {
      return true;
    }
    if (conversation.owed.namesUnsettled()) {
      return false;
    }
    String fetch = "FETCH NEXT FROM \"" + name.replace("\"", "\"\"") + "\"";
    Optional<Refusal> refusal = conversation.guard.refuse(conversation.guard.plan(fetch));
    if (refusal.isPresent()) {
      return named.refuse(refusal.get());
    }
    last = null;
    conversation.toServer.slice(bytes, offset, length);
    conversation.owed.expect(CursorDescription.INSTANCE);
    return true;
  }

  /** Asks for a description of a portal of which the client is not told. */
  void ask(String name, Portal portal) throws IOException {
    conversation.toServer.message(new Describe('P', name));
    expectDescription(portal, Shown.NOTHING);
  }

  /** A message of the client prepared or bound something. */
  void remember(Object made) {
    last = made;
    lastSegment = conversation.segment;
  }

  private boolean fresh(Object made) {
    return last == made && lastSegment == conversation.segment;
  }

  /** PostgreSQL 18 crashes when a FETCH is described whose cursor was there and is gone. */
  private boolean refuseLateDescription() throws IOException {
    return named.refuse(WireWording.LATE_DESCRIBE);
  }

  private void expectDescription(Portal portal, Shown shown) {
    portal.describeSegment = conversation.segment;
    conversation.owed.expect(new PortalDescription(portal, shown));
  }
}
