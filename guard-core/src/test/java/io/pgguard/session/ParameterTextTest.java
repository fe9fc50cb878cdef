package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pgguard.judge.SmallWorld;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ParameterTextTest {
  private static String text(int typeOid, boolean binary, byte... bytes) {
    return String.valueOf(
        ParameterText.of(new ParameterValue(typeOid, binary, bytes), SmallWorld.CATALOG));
  }

  @Test
  void textFormat_isTakenAsItIs() {
    assertEquals("it's", text(0, false, "it's".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void binaryFormat_ofKnownTypesIsRead() {
    assertEquals("-2", text(23, true, (byte) -1, (byte) -1, (byte) -1, (byte) -2));
    assertEquals("t", text(16, true, (byte) 1));
  }

  @Test
  void binaryFormat_ofOtherTypesHasNoWords() {
    assertNull(
        ParameterText.of(new ParameterValue(869, true, new byte[] {2, 32}), SmallWorld.CATALOG));
    assertNull(ParameterText.of(new ParameterValue(23, true, null), SmallWorld.CATALOG));
  }
}
