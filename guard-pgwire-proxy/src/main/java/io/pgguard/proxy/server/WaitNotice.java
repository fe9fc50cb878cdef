package io.pgguard.proxy.server;

import io.pgguard.audit.ApprovalEvent.ApprovalOpened;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.policy.Approvers;
import io.pgguard.session.ServerMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a client is told while its statement waits for people. */
final class WaitNotice {
  private WaitNotice() {}

  static NoticeResponse of(ApprovalOpened opened) {
    String needed =
        opened.needed().stream().map(WaitNotice::words).collect(Collectors.joining(", and "));
    Map<Character, String> fields = new LinkedHashMap<>();
    fields.put('S', "NOTICE");
    fields.put('V', "NOTICE");
    fields.put('C', "00000");
    fields.put('M', "Guard holds this statement: approval request " + opened.approval());
    fields.put('D', "It must be approved by " + needed + " before " + opened.expires() + ".");
    fields.put('H', "Wait, or cancel the statement, which takes the request back.");
    return new NoticeResponse(new ServerMessage(fields));
  }

  private static String words(Approvers approvers) {
    String who =
        approvers.groups().isEmpty()
            ? "anybody else"
            : "members of " + String.join(" or ", new TreeSet<>(approvers.groups()));
    return approvers.count() + " of " + who;
  }
}
