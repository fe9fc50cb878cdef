package io.pgguard.mask;

import java.util.List;
import java.util.Optional;

/** The built-in detectors by name. Stateless. */
public final class Detectors {
  private static final List<Detector> ALL =
      List.of(
          new CardDetector(),
          new SsnDetector(),
          new EmailDetector(),
          new IbanDetector(),
          new PhoneDetector(),
          new JwtDetector(),
          new PrivateKeyDetector());

  private Detectors() {}

  /** All of them, in the order of the documentation. */
  public static List<Detector> all() {
    return ALL;
  }

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(Detector::name).toList();
  }

  /** The detector of this name. */
  public static Optional<Detector> named(String name) {
    return ALL.stream().filter(detector -> detector.name().equals(name)).findFirst();
  }
}
