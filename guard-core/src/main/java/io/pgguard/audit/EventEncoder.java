package io.pgguard.audit;

import io.pgguard.audit.ApprovalEvent.ApprovalDecided;
import io.pgguard.audit.ApprovalEvent.ApprovalExpired;
import io.pgguard.audit.ApprovalEvent.ApprovalOpened;
import io.pgguard.audit.ApprovalEvent.ApprovalRedeemed;
import io.pgguard.audit.ApprovalEvent.ApprovalRevoked;
import io.pgguard.audit.AuditEvent.ConsoleAccess;
import io.pgguard.audit.AuditEvent.LogRecovered;
import io.pgguard.audit.AuditEvent.PolicyLoaded;
import io.pgguard.audit.AuditEvent.PolicyRejected;
import io.pgguard.audit.AuditEvent.SessionClosed;
import io.pgguard.audit.AuditEvent.SessionLost;
import io.pgguard.audit.AuditEvent.SessionOpened;
import io.pgguard.audit.AuditEvent.SessionRenewed;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.policy.Approvers;
import java.util.Locale;
import java.util.TreeSet;

/** Writes an event as the JSON object that stands in the log. Statements: {@link StatementJson}. */
final class EventEncoder {
  private EventEncoder() {}

  static void write(AuditEvent event, JsonLine json) {
    if (event instanceof StatementEvent e) {
      StatementJson.write(e, json);
    } else if (event instanceof ApprovalEvent e) {
      approval(e, json);
    } else if (event instanceof SessionOpened e) {
      begin("SessionOpened", e, json).field("session", e.session());
      principal("principal", e.principal(), json);
      json.field("database", e.database())
          .field("databaseUser", e.databaseUser())
          .field("edge", e.edge())
          .field("guardVersion", e.guardVersion())
          .field("policyHash", e.policyHash());
    } else if (event instanceof SessionRenewed e) {
      begin("SessionRenewed", e, json).field("session", e.session());
      principal("principal", e.principal(), json);
    } else if (event instanceof SessionClosed e) {
      begin("SessionClosed", e, json)
          .field("session", e.session())
          .field("why", e.why())
          .field("statements", e.statements());
    } else if (event instanceof PolicyLoaded e) {
      begin("PolicyLoaded", e, json).field("hash", e.hash()).field("source", e.source());
    } else if (event instanceof PolicyRejected e) {
      begin("PolicyRejected", e, json).field("source", e.source()).field("errors", e.errors());
    } else if (event instanceof SessionLost e) {
      begin("SessionLost", e, json).field("session", e.session()).field("opened", e.seq());
    } else if (event instanceof ConsoleAccess e) {
      begin("ConsoleAccess", e, json);
      if (e.by() == null) {
        json.field("by", (String) null);
      } else {
        principal("by", e.by(), json);
      }
      json.field("address", e.address()).field("what", e.what()).field("about", e.about());
    } else if (event instanceof LogRecovered e) {
      begin("LogRecovered", e, json)
          .field("segment", e.segment())
          .field("offset", e.offset())
          .field("bytes", e.bytes())
          .field("torn", e.torn());
    } else {
      throw new IllegalStateException("no JSON form for " + event.getClass());
    }
    json.endObject();
  }

  static JsonLine begin(String type, AuditEvent event, JsonLine json) {
    return json.beginObject().field("type", type).field("at", event.at());
  }

  private static void approval(ApprovalEvent event, JsonLine json) {
    if (event instanceof ApprovalOpened e) {
      begin("ApprovalOpened", e, json).field("approval", e.approval());
      json.field("session", e.session()).field("statement", e.statement());
      json.name("needed").beginArray();
      for (Approvers approvers : e.needed()) {
        json.beginObject().field("groups", new TreeSet<>(approvers.groups()));
        json.field("count", approvers.count()).endObject();
      }
      json.endArray().field("expires", e.expires());
    } else if (event instanceof ApprovalDecided e) {
      begin("ApprovalDecided", e, json).field("approval", e.approval());
      principal("by", e.by(), json);
      json.field("granted", e.granted()).field("reason", e.reason());
    } else if (event instanceof ApprovalRedeemed e) {
      begin("ApprovalRedeemed", e, json).field("approval", e.approval());
      json.field("session", e.session()).field("statement", e.statement());
    } else if (event instanceof ApprovalRevoked e) {
      begin("ApprovalRevoked", e, json).field("approval", e.approval());
      principal("by", e.by(), json);
      json.field("reason", e.reason());
    } else if (event instanceof ApprovalExpired e) {
      begin("ApprovalExpired", e, json).field("approval", e.approval());
    } else {
      throw new IllegalStateException("no JSON form for " + event.getClass());
    }
  }

  private static void principal(String name, Principal principal, JsonLine json) {
    json.name(name)
        .beginObject()
        .field("subject", principal.subject())
        .field("groups", new TreeSet<>(principal.groups()))
        .field("agent", principal.agent())
        .field("model", principal.model());
    if (principal.person() != null) {
      json.field("person", principal.person());
    }
    if (principal.service() != null) {
      json.field("service", principal.service());
    }
    proof(principal.proof(), json);
    json.endObject();
  }

  /** What of it was proved; the rest was only said. */
  private static void proof(Proof proof, JsonLine json) {
    json.name("proved").beginArray();
    for (Proof.Attribute attribute : proof.proved()) {
      json.string(attribute.name().toLowerCase(Locale.ROOT));
    }
    json.endArray();
    if (proof.issuer() != null) {
      json.field("issuer", proof.issuer());
    }
    if (proof.tokenId() != null) {
      json.field("tokenId", proof.tokenId());
    }
    if (proof.expires() != null) {
      json.field("expires", proof.expires());
    }
  }
}
