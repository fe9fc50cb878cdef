package io.pgguard.proxy.server;

import io.pgguard.audit.ApprovalEvent.ApprovalOpened;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.policy.Approvers;
import io.pgguard.session.ServerMessage;
import io.pgguard.wording.ConnectWording;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a client is told while its statement waits for people. */
final class WaitNotice {
  private WaitNotice() {}

  static NoticeResponse of(ApprovalOpened opened) {
    String needed =
        opened.needed().stream().map(WaitNotice::words).collect(Collectors.joining(", and "));
    return new NoticeResponse(
        ServerMessage.notice(ConnectWording.HELD.say(opened.approval(), needed, opened.expires())));
  }

  private static String words(Approvers approvers) {
    String who =
        approvers.groups().isEmpty()
            ? "anybody else"
            : "members of " + String.join(" or ", new TreeSet<>(approvers.groups()));
    return approvers.count() + " of " + who;
  }
}
