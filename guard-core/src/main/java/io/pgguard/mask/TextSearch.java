package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hides what detectors find in a text that belongs to no column. Immutable and thread-safe. */
public final class TextSearch {
  private final ScanText scan;

  /**
   * A search.
   *
   * @param detectors what to look for; at least one
   */
  public TextSearch(List<Detector> detectors) {
    this.scan = new ScanText(new Scanner(detectors), FixedMasker.of(Redaction.TEXT));
  }

  /** The text with each find replaced; the same text where there is none. */
  public String hide(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteSink out = new ByteSink(bytes.length + 16);
    return scan.mask(bytes, 0, bytes.length, out) == ValueMasker.UNCHANGED
        ? text
        : new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }
}
