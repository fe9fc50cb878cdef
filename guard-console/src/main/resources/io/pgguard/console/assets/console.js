// Times in the browser's own zone, and keys. Everything works without this too.
(function () {
  "use strict";

  var zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "local time";

  function times(root) {
    root.querySelectorAll("time[datetime]:not([data-shown])").forEach(function (time) {
      var at = new Date(time.getAttribute("datetime"));
      if (isNaN(at)) return;
      time.title = time.textContent;
      time.dataset.shown = "";
      time.textContent = at.toLocaleString("sv-SE", { timeZone: zone });
    });
  }

  function start() {
    var told = document.getElementById("zone");
    if (told) told.textContent = "Times are in " + zone + "; point at one for UTC.";
    times(document);
  }

  // g w: waiting, g h: history, ...; not while somebody writes.
  var after = null;
  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target && target.matches && target.matches("input, textarea, select")) return;
    if (after) {
      var link = document.querySelector('nav a[data-key="' + CSS.escape(event.key) + '"]');
      after = null;
      if (link) link.click();
    } else if (event.key === "g") {
      after = event.key;
    }
  });

  document.addEventListener("htmx:sseMessage", function (event) { times(event.target); });
  document.addEventListener("htmx:afterSwap", function (event) { times(event.target); });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
