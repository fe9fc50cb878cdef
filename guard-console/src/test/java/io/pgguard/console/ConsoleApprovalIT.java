package io.pgguard.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session of the proxy waits, a second person answers on the page, and it goes on. */
@Timeout(120)
class ConsoleApprovalIT {
  @TempDir static Path directory;
  private static ConsoleWorld world;

  @BeforeAll
  static void start() throws Exception {
    world = new ConsoleWorld(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static CompletableFuture<Integer> update(String sql) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Connection connection = world.connect("ana");
              Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
          } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }

  @Test
  void approvedBySomebodyElse_itRunsOnce_andIsAskedAgain() throws Exception {
    String sql = "UPDATE notes SET body = 'approved on the page' WHERE id = 1";
    CompletableFuture<Integer> running = update(sql);
    String id = world.waiting();

    Browser ana = Browser.loggedIn(world.console().loginLink().orElseThrow());
    assertTrue(ana.get("/waiting").body().contains("your own"));
    HttpResponse<String> own = ana.get("/requests/" + id);
    assertTrue(own.body().contains("somebody else must approve"), own.body());
    assertFalse(own.body().contains("/approve"), "the requester is offered no approval");
    assertEquals(403, ana.post("/requests/" + id + "/approve", Map.of()).statusCode());

    Browser dan = world.loggedIn(ConsoleWorld.DAN);
    assertTrue(dan.get("/waiting").body().contains("approved on the page"));
    assertEquals(
        403,
        dan.post("/requests/" + id + "/approve", Map.of()).statusCode(),
        "nobody approves what they have not opened");
    String page = dan.get("/requests/" + id).body();
    for (String shown :
        new String[] {"ana@example.com", "report-bot", "large-1", "held", "notes"}) {
      assertTrue(page.contains(shown), shown);
    }
    HttpResponse<String> answered =
        dan.post("/requests/" + id + "/approve", Map.of("reason", "looks right"));
    assertEquals(200, answered.statusCode(), answered.body());
    assertTrue(answered.body().contains("It may run once"), answered.body());
    assertEquals(1, running.get());

    CompletableFuture<Integer> again = update(sql);
    String second = world.waiting();
    assertFalse(second.equals(id), "the second run is asked anew");
    assertEquals(400, dan.post("/requests/" + second + "/refuse", Map.of()).statusCode());
    dan.post("/requests/" + second + "/refuse", Map.of("reason", "once was enough"));
    String told = String.valueOf(again.handle((rows, e) -> e).get());
    assertTrue(told.contains("once was enough"), told);
    assertEquals(1, world.logged("ApprovalRedeemed", id).size());
    assertEquals(
        2, // before the answer and after it
        world.logged("ConsoleAccess", "\"/requests/" + id + "\"", "dan@example.com").size(),
        world.logged("ConsoleAccess")::toString);
  }

  @Test
  void aLongStatement_isOpenedToItsEndBeforeItIsApproved() throws Exception {
    String sql =
        "UPDATE notes SET body = '" + "long text\n".repeat(2500) + "' WHERE id = 2 /* the end */";
    CompletableFuture<Integer> running = update(sql);
    String id = world.waiting();
    Browser dan = world.loggedIn(ConsoleWorld.DAN);
    String first = dan.get("/requests/" + id).body();
    assertFalse(first.contains("the end"));
    assertFalse(first.contains("Approve once"));
    assertEquals(403, dan.post("/requests/" + id + "/approve", Map.of()).statusCode());
    dan.get("/requests/" + id + "?sheet=4"); // not before those between
    assertEquals(403, dan.post("/requests/" + id + "/approve", Map.of()).statusCode());
    String last = "";
    for (int sheet = 2; sheet <= 4; sheet++) {
      last = dan.get("/requests/" + id + "?sheet=" + sheet).body();
    }
    assertTrue(last.contains("the end"), last);
    assertTrue(last.contains("Approve once"));
    assertEquals(200, dan.post("/requests/" + id + "/approve", Map.of()).statusCode());
    assertEquals(1, running.get());
  }

  @Test
  void aValueOfAHiddenClass_isShownToWhoIsClearedAlone() throws Exception {
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(
            () -> {
              try (Connection connection = world.connect("ana");
                  PreparedStatement statement =
                      connection.prepareStatement("UPDATE customers SET city = ? WHERE ssn = ?")) {
                statement.setString(1, "Bergen");
                statement.setString(2, ConsoleWorld.SSN);
                return statement.executeUpdate();
              } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
              }
            });
    String id = world.waiting();
    Browser dan = world.loggedIn(ConsoleWorld.DAN);
    String masked = dan.get("/requests/" + id).body();
    assertFalse(masked.contains(ConsoleWorld.SSN), masked);
    assertTrue(masked.contains("Hidden from you: pii.ssn"), masked);
    assertTrue(masked.contains("Bergen"), masked);
    Browser eve = world.loggedIn(ConsoleWorld.EVE);
    assertTrue(eve.get("/requests/" + id).body().contains(ConsoleWorld.SSN));
    eve.post("/requests/" + id + "/approve", Map.of());
    assertEquals(1, running.get());
  }
}
