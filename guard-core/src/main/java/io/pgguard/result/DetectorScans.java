package io.pgguard.result;

import io.pgguard.mask.ColumnTreatment;
import io.pgguard.mask.Detector;
import io.pgguard.mask.Detectors;
import io.pgguard.mask.TextSearch;
import io.pgguard.policy.DetectorSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a policy's detector settings into what is done with columns that pass. Stateless. */
public final class DetectorScans {
  private DetectorScans() {}

  public static @Nullable ColumnTreatment of(DetectorSettings settings) {
    if (settings.scope() == DetectorSettings.Scope.OFF || settings.enabled().isEmpty()) {
      return null;
    }
    return new ColumnTreatment.Scan(
        detectors(settings),
        settings.mask(),
        settings.scope() == DetectorSettings.Scope.ALL
            ? ColumnTreatment.Scope.EVERYTHING
            : ColumnTreatment.Scope.TEXT_COLUMNS);
  }

  /** How messages are searched; null where nothing is looked for. */
  static @Nullable TextSearch ofMessages(DetectorSettings settings) {
    return settings.scope() == DetectorSettings.Scope.OFF || settings.enabled().isEmpty()
        ? null
        : new TextSearch(detectors(settings));
  }

  private static List<Detector> detectors(DetectorSettings settings) {
    List<Detector> detectors = new ArrayList<>();
    for (String name : settings.enabled()) {
      detectors.add(
          Detectors.named(name)
              .orElseThrow(() -> new IllegalStateException("no detector " + name)));
    }
    return detectors;
  }
}
