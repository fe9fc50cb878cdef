package io.pgguard.audit;

import io.pgguard.audit.StatementEvent.LineageDisagreement;
import io.pgguard.audit.StatementEvent.StatementAbandoned;
import io.pgguard.audit.StatementEvent.StatementCompleted;
import io.pgguard.audit.StatementEvent.StatementDecided;
import io.pgguard.audit.StatementEvent.StatementFailed;
import io.pgguard.audit.StatementEvent.StatementShaped;
import io.pgguard.audit.StatementEvent.StatementStopped;
import io.pgguard.audit.StatementEvent.StatementUndone;
import io.pgguard.policy.Verdict;
import java.util.List;

/** Writes a statement's event as JSON, up to the closing brace. The two hot ones come first. */
final class StatementJson {
  private StatementJson() {}

  static void write(StatementEvent event, JsonLine json) {
    if (event instanceof StatementDecided e) {
      decided(e, json);
    } else if (event instanceof StatementCompleted e) {
      begin("StatementCompleted", e, json);
      response(e.response(), e.durationNanos(), json);
      json.field("commandTag", e.commandTag());
      masked(e.masked(), json);
    } else if (event instanceof StatementShaped e) {
      begin("StatementShaped", e, json);
      masked(e.masked(), json);
    } else if (event instanceof StatementFailed e) {
      begin("StatementFailed", e, json);
      response(e.response(), e.durationNanos(), json);
      json.field("sqlState", e.sqlState()).field("message", e.message());
    } else if (event instanceof StatementAbandoned e) {
      begin("StatementAbandoned", e, json).field("reason", e.reason());
    } else if (event instanceof StatementStopped e) {
      begin("StatementStopped", e, json).field("outcome", word(e.outcome()));
      verdicts(e.verdicts(), json);
    } else if (event instanceof StatementUndone e) {
      begin("StatementUndone", e, json);
      if (e.changed() == null) {
        json.field("changed", (String) null);
      } else {
        json.field("changed", e.changed());
      }
      json.field("outcome", word(e.outcome()));
      verdicts(e.verdicts(), json);
    } else if (event instanceof LineageDisagreement e) {
      begin("LineageDisagreement", e, json).field("column", e.column()).field("detail", e.detail());
    } else {
      throw new IllegalStateException("no JSON form for " + event.getClass());
    }
  }

  private static JsonLine begin(String type, StatementEvent event, JsonLine json) {
    return EventEncoder.begin(type, event, json)
        .field("session", event.session())
        .field("statement", event.statement());
  }

  private static void decided(StatementDecided event, JsonLine json) {
    begin("StatementDecided", event, json)
        .field("intent", event.intent())
        .field("text", event.text());
    values(event.values(), json);
    json.field("kinds", event.kinds()).field("outcome", word(event.outcome()));
    verdicts(event.verdicts(), json);
    masked(event.masked(), json);
    json.field("policyHash", event.policyHash())
        .field("catalogVersion", event.catalogVersion())
        .field("meaning", event.meaning())
        .field("layer", event.layer());
  }

  private static void values(List<LoggedValue> values, JsonLine json) {
    json.name("values").beginArray();
    for (LoggedValue value : values) {
      json.beginObject().field("type", value.typeOid() & 0xFFFFFFFFL);
      switch (value.form()) {
        case NULL -> json.field("text", (String) null);
        case TEXT -> json.field("text", value.content());
        case BINARY -> json.field("binary", value.content());
      }
      if (value.sha256() != null) {
        json.field("length", value.length()).field("sha256", value.sha256());
      }
      json.endObject();
    }
    json.endArray();
  }

  private static void verdicts(List<Verdict> verdicts, JsonLine json) {
    json.name("verdicts").beginArray();
    for (Verdict verdict : verdicts) {
      json.beginObject()
          .field("rule", verdict.rule())
          .field("outcome", word(verdict.outcome()))
          .field("reason", verdict.reason());
      if (verdict.hint() != null) {
        json.field("hint", verdict.hint());
      }
      json.endObject();
    }
    json.endArray();
  }

  /** What was masked; and apart from it what would have been, but for a policy that observes. */
  private static void masked(List<MaskedColumn> masked, JsonLine json) {
    boolean observed = !masked.isEmpty() && masked.get(0).observed(); // one policy, one mode
    columns("masked", observed ? List.of() : masked, json);
    if (observed) {
      columns("wouldMask", masked, json);
    }
  }

  private static void columns(String name, List<MaskedColumn> columns, JsonLine json) {
    json.name(name).beginArray();
    for (MaskedColumn column : columns) {
      json.beginObject()
          .field("position", column.position())
          .field("name", column.name())
          .field("class", column.classId())
          .field("mask", column.mask())
          .endObject();
    }
    json.endArray();
  }

  private static void response(ResponseTrace response, long durationNanos, JsonLine json) {
    json.field("rows", response.rows())
        .field("bytes", response.bytes())
        .field("digest", response.digest());
    if (response.recordedDigest() != null) {
      json.field("recordedDigest", response.recordedDigest());
    }
    json.field("durationNanos", durationNanos);
  }

  private static String word(Verdict.Outcome outcome) {
    return switch (outcome) {
      case ALLOW -> "allow";
      case APPROVE -> "approve";
      case DENY -> "deny";
    };
  }
}
