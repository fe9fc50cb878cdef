package io.pgguard.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import io.pgguard.identity.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in a real browser: Debian's Chromium, skipped where there is none. Screenshots are left
 * in target/screenshots.
 */
@Timeout(300)
class ChromiumIT {
  private static final Principal ALL =
      new Principal("ida@example.com", Set.of("dba", "audit"), null, null);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
  private static final String HELD = "UPDATE notes SET body = 'from the browser' WHERE id = ";

  @TempDir static Path directory;
  private static ConsoleWorld world;
  private static Chromium chromium;
  private static Browser browser;
  private static String axe;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start();
    browser = chromium.browser();
    try (InputStream in = ChromiumIT.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    world = new ConsoleWorld(directory);
    try (Connection connection = world.connect("ana");
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT id, name, ssn, city FROM customers ORDER BY id").close();
      statement.executeQuery("SELECT count(*) FROM notes").close();
      statement.executeUpdate("INSERT INTO notes VALUES (77, 'inserted')");
      try {
        statement.execute("DROP TABLE notes");
      } catch (SQLException refused) {
        assertEquals("42501", refused.getSQLState());
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (world != null) {
      world.close();
    }
  }

  private static Browser.NewContextOptions window(int width, int height) {
    return new Browser.NewContextOptions().setViewportSize(width, height).setTimezoneId("UTC");
  }

  /**
   * A page of a browser in which somebody has logged in by keyboard; what it complains of is kept.
   */
  private static Page loggedIn(BrowserContext context, Principal person, List<String> problems) {
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          // The script says just this of a stream that ends as its page is left.
          if (message.type().equals("error") && !message.text().equals("Event")) {
            problems.add(message.text());
          }
        });
    page.onPageError(problems::add);
    page.navigate(world.console().loginLink(person));
    page.waitForSelector("button:focus"); // given by the page, a while after it has loaded
    page.keyboard().press("Enter");
    try {
      page.waitForURL(world.console().url() + "/");
    } catch (TimeoutError e) {
      throw new AssertionError("stayed at " + page.url() + ": " + page.textContent("body"), e);
    }
    return page;
  }

  private static void shot(Page page, String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  /** What axe-core finds wrong with a page. */
  private static void accessible(Page page) {
    page.evaluate(axe);
    Object found =
        page.evaluate(
            "async () => (await axe.run()).violations.map(v => v.id + ': ' +"
                + " v.nodes.map(n => n.target + ' ' + n.failureSummary).join(' | '))");
    assertEquals(List.of(), found, page.url());
    Object wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth");
    assertTrue(((Number) wide).intValue() <= 0, () -> page.url() + " scrolls sideways: " + wide);
  }

  private static CompletableFuture<Integer> held(int id) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Connection connection = world.connect("ana");
              Statement statement = connection.createStatement()) {
            return statement.executeUpdate(HELD + id);
          } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }

  @Test
  void whatWaits_appearsByItself_andIsApprovedByKeyboard_andEveryPageIsAccessible()
      throws Exception {
    List<String> problems = new ArrayList<>();
    try (BrowserContext context = browser.newContext(window(1100, 800))) {
      Page page = loggedIn(context, ALL, problems);
      page.navigate(world.console().url() + "/waiting");
      page.waitForSelector("text=Nothing waits");
      CompletableFuture<Integer> running = held(3);
      page.waitForSelector(".card"); // told by itself
      accessible(page);
      shot(page, "waiting");
      page.focus(".card a");
      page.keyboard().press("Enter");
      page.waitForSelector("text=Approve once");
      accessible(page);
      shot(page, "request");
      page.focus("#comment");
      page.keyboard().type("looks right");
      page.keyboard().press("Enter");
      page.waitForSelector(".notice");
      assertEquals(1, running.get());
      accessible(page);
      for (String each : List.of("/", "/history", "/sessions", "/policy", "/log")) {
        page.navigate(world.console().url() + each);
        accessible(page);
        shot(page, each.equals("/") ? "overview" : each.substring(1));
      }
      page.navigate(world.console().url() + "/sessions?q=ana");
      page.click("tbody tr:last-child a");
      page.waitForSelector(".timeline");
      accessible(page);
      shot(page, "session");
      page.navigate(world.console().url() + "/policy");
      page.fill("#person", "ana@example.com");
      page.fill(
          "#text", "SELECT c.ssn, upper(c.name), n.body FROM customers c JOIN notes n USING (id)");
      page.click("text=Explain");
      page.waitForSelector("#result");
      accessible(page);
      shot(page, "try");
      page.keyboard().press("g");
      page.keyboard().press("w");
      page.waitForURL("**/waiting");
    }
    phoneDarkAndZoomed(problems);
    assertEquals(List.of(), problems, "what the browser complained of");
  }

  /** A window half as wide stands for 200 % zoom. */
  private static void phoneDarkAndZoomed(List<String> problems) throws IOException {
    Browser.NewContextOptions phone =
        window(360, 740)
            .setColorScheme(ColorScheme.DARK)
            .setTimezoneId("Asia/Kolkata")
            .setDeviceScaleFactor(1);
    try (BrowserContext context = browser.newContext(phone)) {
      Page page = loggedIn(context, ALL, problems);
      for (String each : List.of("/", "/history", "/sessions", "/policy", "/log")) {
        page.navigate(world.console().url() + each);
        accessible(page);
        shot(page, "phone-" + (each.equals("/") ? "overview" : each.substring(1)));
      }
      assertTrue(
          page.textContent("#zone").contains("Asia/Calcutta")
              || page.textContent("#zone").contains("Asia/Kolkata"));
    }
  }

  @Test
  void withoutScript_aRequestIsAnsweredToo() throws Exception {
    try (BrowserContext context =
        browser.newContext(window(900, 700).setJavaScriptEnabled(false))) {
      Page page = loggedIn(context, ALL, new ArrayList<>());
      CompletableFuture<Integer> running = held(4);
      String id = world.waiting();
      page.navigate(world.console().url() + "/waiting");
      page.click(".card a");
      page.fill("#reason", "not without a script");
      page.click("text=Refuse");
      assertTrue(page.textContent(".notice").contains("Refused"), id);
      String told = String.valueOf(running.handle((rows, e) -> e).get());
      assertTrue(told.contains("not without a script"), told);
    }
  }
}
