package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.RowDescription.Field;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.CloseReply;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.pgwire.session.Expected.ParseReply;
import io.pgguard.session.Awaited;
import io.pgguard.session.ParameterValue;
import io.pgguard.session.Refusal;
import io.pgguard.session.Ruling;
import io.pgguard.session.StatementPlan;
import io.pgguard.session.StatementRun;
import io.pgguard.wording.WireWording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of the extended query protocol. Each method returns false when the message must
 * wait for answers that decide what it means.
 */
final class ExtendedQuery {
  private static final int[] NO_TYPES = {};

  private final Conversation conversation;
  private final NamedInMessages named;
  private final Describing describing;

  ExtendedQuery(Conversation conversation) {
    this.conversation = conversation;
    this.named = new NamedInMessages(conversation);
    this.describing = new Describing(conversation, named);
  }

  /**
   * Whether everything waits for a statement that changes data and returns rows: while its Sync has
   * not been sent, it can still be undone.
   */
  boolean holds() {
    if (conversation.held != null && !conversation.owed.owes(conversation.held)) {
      conversation.held = null;
    }
    return conversation.held != null;
  }

  boolean parse(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    Parse parse = Parse.decode(body);
    if (named.unusable(parse.name())) {
      return true;
    }
    PresentedToken token = PresentedToken.in(parse.text());
    if (token != null) {
      return presented(token, parse);
    }
    if (conversation.owed.namesUnsettled() || !conversation.openInquiry.knows(parse.text())) {
      return false;
    }
    List<Integer> types = Arrays.stream(parse.parameterTypes()).boxed().toList();
    StatementPlan plan = conversation.guard.plan(parse.text(), types);
    Optional<Refusal> refusal = conversation.guard.refuse(plan);
    if (refusal.isPresent()) {
      return named.refuse(refusal.get(), parse.parameterTypes());
    }
    taken(true, parse.name());
    if (plan.sent().equals(parse.text())) {
      conversation.toServer.slice(bytes, offset, length);
    } else {
      conversation.toServer.message(new Parse(parse.name(), plan.sent(), parse.parameterTypes()));
    }
    Prepared prepared = new Prepared(plan, parse.text(), parse.parameterTypes());
    conversation.statements.send(parse.name(), prepared, conversation.segment);
    conversation.owed.expect(new ParseReply(parse.name(), prepared));
    describing.remember(prepared);
    return true;
  }

  /** A token is kept here; the server, and what is remembered of it, get an empty text instead. */
  private boolean presented(PresentedToken token, Parse parse) throws IOException {
    if (conversation.owed.namesUnsettled()) {
      return false;
    }
    Refusal refusal = token.to(conversation);
    if (refusal != null) {
      return named.refuse(refusal, parse.parameterTypes());
    }
    taken(true, parse.name());
    conversation.toServer.message(new Parse(parse.name(), "", NO_TYPES));
    Prepared prepared = new Prepared(conversation.guard.plan(""), "", NO_TYPES);
    conversation.statements.send(parse.name(), prepared, conversation.segment);
    conversation.owed.expect(new ParseReply(parse.name(), prepared));
    describing.remember(prepared);
    return true;
  }

  boolean bind(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    Bind bind = Bind.decode(body);
    if (conversation.statements.uncertain(bind.statement(), conversation.segment)
        || conversation.owed.namesUnsettled()) {
      return false;
    }
    Prepared prepared = conversation.statements.current(bind.statement());
    if (prepared == null) {
      return named.unknownStatement(bind.statement());
    }
    if (named.unusable(bind.portal())) {
      return true;
    }
    if (!conversation.openInquiry.knows(prepared.text)) {
      return false;
    }
    conversation.atOnce.binds(prepared);
    Ruling ruling = conversation.asked.ruling(() -> request(bind, prepared));
    if (ruling == null) {
      return false;
    }
    if (ruling instanceof Ruling.Refused refused) {
      return named.refuse(refused.refusal());
    }
    Ruling.Granted granted = (Ruling.Granted) ruling;
    conversation.tell(granted.notices());
    List<StatementRun> runs = granted.runs();
    if (runs.size() > 1) {
      runs.forEach(run -> run.abandoned("a prepared text holds one statement at most"));
      return named.refuse(WireWording.MANY_STATEMENTS);
    }
    KeptReply.Kept kept = KeptReply.Kept.of(granted.instead(), prepared, bind);
    if (!runs.isEmpty() && !runs.get(0).isOf((kept == null ? prepared : kept.prepared()).sent)) {
      runs.forEach(run -> run.abandoned(Refusal.CHANGED.message()));
      return named.refuse(Refusal.CHANGED);
    }
    Flow flow = runs.isEmpty() ? null : new Flow(runs.get(0));
    return kept == null || flow == null
        ? bound(prepared, bind, flow, () -> conversation.toServer.slice(bytes, offset, length))
        : bound(kept.prepared(), kept.bind(), flow, () -> kept.send(conversation, flow));
  }

  /** Sends a Bind, or what stands in its place. */
  private interface Sending {
    void send() throws IOException;
  }

  private boolean bound(Prepared prepared, Bind bind, @Nullable Flow flow, Sending sending)
      throws IOException {
    Portal portal = new Portal(prepared, flow, bind, conversation.creations);
    List<Field> fields = prepared.description();
    if (flow != null && fields != null) {
      portal.shapeFromStatement(fields);
      prepared.shaped();
      Refusal withheld = flow.withheld();
      if (withheld != null) {
        flow.abandon(withheld.message());
        return named.refuse(withheld);
      }
    }
    taken(false, bind.portal());
    Planning planning = conversation.plans(flow);
    sending.send();
    conversation.portals.send(bind.portal(), portal, conversation.segment);
    conversation.owed.expect(new BindReply(bind.portal(), portal, false));
    if (planning != null) {
      planning.bound();
    }
    portal.alone = conversation.use();
    if (prepared.traits.fetches()) {
      describing.ask(bind.portal(), portal); // later its cursor may be gone
    }
    describing.remember(portal);
    return true;
  }

  private Awaited<Ruling> request(Bind bind, Prepared prepared) {
    if (!conversation.guard.isCurrent(prepared.plan())) {
      List<Integer> types = Arrays.stream(prepared.parameterTypes()).boxed().toList();
      prepared.replan(conversation.guard.plan(prepared.text, types));
    }
    return conversation.guard.requestAsking(prepared.plan(), values(bind, prepared));
  }

  boolean describe(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    return describing.describe(body, bytes, offset, length);
  }

  boolean execute(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    Execute execute = Execute.decode(body);
    if (conversation.portals.uncertain(execute.portal(), conversation.segment)) {
      return false;
    }
    Portal portal = conversation.portals.current(execute.portal());
    if (portal == null) {
      return named.unknownPortal(execute.portal());
    }
    Prepared prepared = portal.prepared;
    if (!prepared.traits.plain()
        && !(conversation.inquiry.allowsEnd()
            && conversation.inquiry.allowsEnd(prepared.plan(), false))) {
      return false; // it may end the transaction
    }

    if (prepared.traits.readsNames() && portal.creations != conversation.creations) {
      return named.refuse(WireWording.PORTAL_OUTDATED);
    }
    if (portal.flow != null && portal.flow.broken()) {
      return named.refuse(WireWording.PORTAL_ENDED);
    }
    Refusal withheld =
        portal.flow == null ? null : portal.flow.renew().orElse(portal.flow.withheld());
    if (withheld != null) {
      portal.abandon(withheld.message());
      return named.refuse(withheld);
    }
    if (!portal.layoutComes(conversation.segment)) {
      describing.ask(execute.portal(), portal);
    }
    describing.otherMessage();
    ExecuteReply reply = run(execute, portal, bytes, offset, length);
    if (prepared.plan().changesNames()) {
      conversation.owed.changesNames(reply);
    }
    conversation.hold(reply);
    if (prepared.traits.createsNames()) {
      conversation.namesMade(prepared.text);
    }
    return true;
  }

  private ExecuteReply run(Execute execute, Portal portal, byte[] bytes, int offset, int length)
      throws IOException {
    boolean alone = conversation.uses() == 1 && portal.alone;
    conversation.use();
    if (portal.flow != null && portal.flow.watch() != null) {
      return conversation.execute(execute.portal(), portal, execute.maxRows(), alone);
    }
    conversation.inquiry.before(portal);
    conversation.toServer.slice(bytes, offset, length);
    conversation.inquiry.runs(portal.flow);
    ExecuteReply reply = new ExecuteReply(portal, 0);
    conversation.owed.expect(reply);
    return reply;
  }

  boolean close(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    Close close = Close.decode(body);
    describing.otherMessage();
    if (named.unusable(close.name())) {
      return true;
    }
    taken(close.kind() == 'S', close.name());
    conversation.toServer.slice(bytes, offset, length);
    if (close.kind() == 'S') {
      conversation.statements.send(close.name(), null, conversation.segment);
    } else {
      conversation.portals.send(close.name(), null, conversation.segment);
    }
    conversation.owed.expect(new CloseReply(close.kind(), close.name()));
    return true;
  }

  private void taken(boolean statement, String name) {
    if (!name.isEmpty()) {
      conversation.guard.nameTaken(statement, name);
    }
  }

  private static List<ParameterValue> values(Bind bind, Prepared prepared) {
    byte[] @Nullable [] bytes = bind.values();
    if (bytes.length == 0) {
      return List.of();
    }
    List<ParameterValue> values = new ArrayList<>(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      values.add(new ParameterValue(prepared.parameterType(i), bind.binary(i), bytes[i]));
    }
    return values;
  }
}
