package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestingConnectionsTest {
  private final List<String> closed = new ArrayList<>();
  private final RestingConnections<String> resting =
      new RestingConnections<>(
          1,
          new RestingConnections.Kind<>() {
            @Override
            public boolean answers(String connection) {
              return !connection.equals("ended");
            }

            @Override
            public boolean isSound(String connection) {
              return !connection.equals("broken");
            }

            @Override
            public void close(String connection) {
              closed.add(connection);
            }
          });

  @Test
  void whatIsGivenBack_isTakenOnce() {
    resting.giveBack("a");
    assertEquals(Optional.of("a"), resting.take());
    assertEquals(Optional.empty(), resting.take());
    assertEquals(List.of(), closed);
  }

  @Test
  void whatTheServerEndedMeanwhile_isNotTaken() {
    resting.giveBack("ended");
    assertEquals(Optional.empty(), resting.take());
    assertEquals(List.of("ended"), closed);
  }

  @Test
  void moreThanAreKept_areClosed() {
    resting.giveBack("a");
    resting.giveBack("b");
    assertEquals(List.of("b"), closed);
  }

  @Test
  void whatBroke_isClosed() {
    resting.giveBack("broken");
    assertEquals(List.of("broken"), closed);
    assertEquals(Optional.empty(), resting.take());
  }

  @Test
  void afterTheEnd_nothingIsKept() {
    resting.giveBack("a");
    resting.close();
    resting.giveBack("b");
    assertEquals(List.of("a", "b"), closed);
    assertEquals(Optional.empty(), resting.take());
  }
}
