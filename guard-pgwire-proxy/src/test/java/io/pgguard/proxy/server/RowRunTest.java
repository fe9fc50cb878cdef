package io.pgguard.proxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.RowDescription;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowRunTest {
  private static final byte[] ROW = new DataRow(new byte[][] {new byte[300]}).toByteArray();

  private static boolean goesOn(RowRun run, byte[] bytes) {
    return run.goesOn(bytes, bytes.length);
  }

  @Test
  void rowsAfterAFirstPiece_goOnWhereverTheyAreCut() {
    for (int cut = 1; cut < ROW.length; cut++) {
      RowRun run = new RowRun();
      assertFalse(goesOn(run, new RowDescription(List.of()).toByteArray()));
      assertFalse(goesOn(run, ROW), "the first row may wait for the catalog");
      assertTrue(goesOn(run, Arrays.copyOf(ROW, cut)));
      assertTrue(goesOn(run, Arrays.copyOfRange(ROW, cut, ROW.length)));
      assertFalse(goesOn(run, new CommandComplete("SELECT 3").toByteArray()));
      assertFalse(goesOn(run, ROW));
    }
  }

  @Test
  void endBehindRows_isSeenWhereverItIsCut() {
    MessageWriter both = new MessageWriter();
    new DataRow(new byte[][] {new byte[9]}).encode(both);
    new CommandComplete("SELECT 3").encode(both);
    byte[] bytes = both.toByteArray();
    for (int cut = 1; cut < bytes.length; cut++) {
      RowRun run = new RowRun();
      goesOn(run, ROW);
      boolean first = goesOn(run, Arrays.copyOf(bytes, cut));
      boolean second = goesOn(run, Arrays.copyOfRange(bytes, cut, bytes.length));
      assertFalse(first && second, "cut at " + cut);
    }
  }

  @Test
  void lengthThatIsNone_isTakenForNothing() {
    RowRun run = new RowRun();
    assertFalse(goesOn(run, new byte[] {'D', -1, -1, -1, -1, 'C', 0, 0, 0, 4}));
    assertEquals(false, goesOn(run, ROW));
  }
}
