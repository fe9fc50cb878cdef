package io.pgguard.proxy.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndsTest {
  /** An end that takes nothing: what is written to it is never done. */
  private static EmbeddedChannel standing() {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext c, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
              }
            });
    channel.freezeTime();
    return channel;
  }

  @Test
  void endsThatTakeNothing_areClosedAfterAWhile() {
    EmbeddedChannel client = standing();
    EmbeddedChannel server = standing();
    new Ends(client, server).close();
    assertTrue(client.isOpen() && server.isOpen());
    for (EmbeddedChannel each : new EmbeddedChannel[] {client, server}) {
      each.advanceTimeBy(Ends.LINGER.toMillis() - 1, TimeUnit.MILLISECONDS);
      each.runScheduledPendingTasks();
      assertTrue(each.isOpen());
      each.advanceTimeBy(1, TimeUnit.MILLISECONDS);
      each.runScheduledPendingTasks();
      assertFalse(each.isOpen());
    }
  }

  @Test
  void endsThatRead_areClosedAtOnce() {
    EmbeddedChannel client = new EmbeddedChannel();
    EmbeddedChannel server = new EmbeddedChannel();
    new Ends(client, server).close();
    assertFalse(client.isOpen() || server.isOpen());
    client.releaseOutbound();
    server.releaseOutbound();
  }
}
