package io.pgguard.result;

import io.pgguard.mask.ColumnTreatment;
import io.pgguard.mask.Detector;
import io.pgguard.mask.Detectors;
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
    List<Detector> detectors = new ArrayList<>();
    for (String name : settings.enabled()) {
      detectors.add(
          Detectors.named(name)
              .orElseThrow(() -> new IllegalStateException("no detector " + name)));
    }
    return new ColumnTreatment.Scan(
        detectors,
        settings.mask(),
        settings.scope() == DetectorSettings.Scope.ALL
            ? ColumnTreatment.Scope.EVERYTHING
            : ColumnTreatment.Scope.TEXT_COLUMNS);
  }
}
