package io.pgguard.console.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.pgguard.console.page.Page;
import io.pgguard.console.visit.Visit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes pages of templates. Thread-safe. */
public final class Rendering {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Assets assets;

  public Rendering(Assets assets) {
    this.assets = assets;
  }

  /** A page for whoever is logged in. */
  public void page(Context ctx, String template, String title, Object view) {
    page(ctx, template, title, view, Gate.visit(ctx));
  }

  /** A page for somebody, or nobody. */
  public void page(Context ctx, String template, String title, Object view, @Nullable Visit visit) {
    String notice = visit == null ? null : visit.takeNotice();
    Page page = new Page(title, ctx.path(), visit, notice, assets::address);
    ctx.html(text(template, Map.of("page", page, "view", view)));
  }

  /** A part of a page. */
  public String part(String template, Visit visit, Object view) {
    return text(template, Map.of("visit", visit, "view", view));
  }

  private String text(String template, Map<String, Object> parameters) {
    StringOutput out = new StringOutput();
    engine.render(template + ".jte", parameters, out);
    return out.toString();
  }
}
