package io.pgguard.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes down what Netty's leak detector finds. To be there before the first buffer: {@link
 * GuardedProxy} sees to that.
 */
final class LeakWatch {
  private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

  /** How often a lost buffer is looked for; the collector takes few rounds. */
  private static final int ROUNDS = 200;

  private LeakWatch() {}

  static void install() {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(
        new ResourceLeakDetectorFactory() {
          @Override
          @SuppressWarnings("deprecation") // the only one that is abstract
          public <T> ResourceLeakDetector<T> newResourceLeakDetector(
              Class<T> resource, int samplingInterval, long maxActive) {
            return new Noting<>(resource, samplingInterval);
          }
        });
  }

  /** Watches every buffer from now on. */
  static void everyBuffer() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  /**
   * What was lost since {@link #everyBuffer}. A buffer that is lost here, to see that it is found,
   * is not among them.
   */
  static List<String> found() {
    loseOne();
    for (int i = 0; i < ROUNDS && LEAKS.stream().noneMatch(LeakWatch::isOurs); i++) {
      System.gc();
      for (int n = 0; n < 100; n++) {
        ByteBufAllocator.DEFAULT.buffer(16).release(); // where the detector looks
      }
    }
    if (LEAKS.stream().noneMatch(LeakWatch::isOurs)) {
      throw new AssertionError("a lost buffer was not found: the detector does not watch");
    }
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
    return LEAKS.stream().filter(leak -> !isOurs(leak)).toList();
  }

  private static boolean isOurs(String records) {
    return records.contains("loseOne");
  }

  private static void loseOne() {
    ByteBuf lost = ByteBufAllocator.DEFAULT.buffer(16);
    lost.writeByte(1);
  }

  /** A detector that tells what it found. */
  private static final class Noting<T> extends ResourceLeakDetector<T> {
    Noting(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resource, String records) {
      LEAKS.add(resource + records);
    }

    @Override
    protected void reportUntracedLeak(String resource) {
      LEAKS.add(resource);
    }
  }
}
