package io.pgguard.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Runs something at each SIGHUP. Java has signals only in {@code sun.misc}, which javac does not
 * let name under {@code --release}; where a platform has none, nothing happens.
 */
final class HangUp {
  private HangUp() {}

  /** Whether the platform takes the handler. */
  static boolean handle(Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (self, method, arguments) -> {
            if (method.getName().equals("handle")) {
              task.run();
              return null;
            }
            return switch (method.getName()) {
              case "equals" -> self == arguments[0];
              case "hashCode" -> System.identityHashCode(self);
              default -> "HangUp";
            };
          };
      Object made =
          Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, calls);
      Object hup = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hup, made);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
