package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.Shown;
import io.pgguard.session.Awaited;
import io.pgguard.session.Refusal;
import io.pgguard.session.Ruling;
import io.pgguard.session.StatementRun;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A watched statement that is undone, until it is known whether it runs again: that takes the
 * server, which must be outside its transaction, and the answer, for which people may be asked.
 */
final class Undoing {
  private final Conversation conversation;
  private final String name;
  private final Portal portal;
  private final int limit;
  private final Awaited<Ruling> then;

  /** The answer where it was there from the beginning, so that it cannot be dropped any more. */
  private final @Nullable Ruling known;

  private boolean ready;

  /**
   * @param name the portal's
   * @param limit how many rows the client asked for; 0 for all
   * @param then whether it runs again
   */
  Undoing(Conversation conversation, String name, Portal portal, int limit, Awaited<Ruling> then) {
    this.conversation = conversation;
    this.name = name;
    this.portal = portal;
    this.limit = limit;
    this.then = then;
    this.known = then.isReady() ? then.await() : null;
  }

  /** The server has undone the statement and is outside a transaction. */
  void ready() throws IOException {
    ready = true;
    goOn();
  }

  /** The answer, where only that is waited for; else null. */
  @Nullable Awaited<?> awaits() {
    return ready ? then : null;
  }

  /** Goes on once the answer is there. */
  void goOn() throws IOException {
    if (!ready || !then.goesOn()) {
      return;
    }
    conversation.attended = null;
    Ruling ruling = then.await();
    if (ruling instanceof Ruling.Granted granted) {
      repeat(granted.runs());
    } else {
      conversation.poison.inPlace(refusal(ruling));
    }
    conversation.askForAnswers();
  }

  private void repeat(List<StatementRun> runs) throws IOException {
    KeptReply.Kept kept = KeptReply.Kept.again(portal);
    if (runs.size() != 1) {
      throw new IllegalStateException("one statement was to run again, not " + runs.size());
    }
    Flow again = new Flow(runs.get(0));
    Portal bound = new Portal(portal.prepared, again, portal.bind, conversation.creations);
    kept.send(conversation, again);
    conversation.portals.send(name, bound, conversation.segment);
    conversation.owed.expect(new BindReply(name, bound, true));
    conversation.toServer.message(new Describe('P', name));
    bound.describeSegment = conversation.segment;
    conversation.owed.expect(new PortalDescription(bound, Shown.NOTHING));
    conversation.execute(name, bound, limit, true);
  }

  /** What the client is told where it does not run again. */
  static Refusal refusal(Ruling ruling) {
    if (ruling instanceof Ruling.Refused refused) {
      return refused.refusal();
    }
    throw new IllegalStateException("a statement that cannot run again was granted once more");
  }

  /** It does not run again. */
  void drop(String why) {
    if (known instanceof Ruling.Granted granted) {
      granted.runs().forEach(run -> run.abandoned(why));
    } else {
      then.drop(why);
    }
  }
}
