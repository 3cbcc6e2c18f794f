// Listens to demarc serve: reloads the page when it changed, and shows what
// the last build found over the last good page.
"use strict";
(function () {
  var script = document.currentScript;
  var box, text, closed = "";

  function element(name, attributes, content) {
    var e = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { e.setAttribute(key, attributes[key]); });
    if (content) e.textContent = content;
    return e;
  }

  function show(title, state) {
    if (!box) {
      box = element("aside", { id: "demarc-live", "aria-label": "Findings of demarc serve" });
      document.body.append(box);
      // Lives before it is filled, so that a screen reader hears of it.
      text = element("p", { "class": "demarc-live-title", role: "status" });
    }
    var open = !state.good && closed !== JSON.stringify(state.findings);
    var list = element("ol", {});
    state.findings.forEach(function (f) {
      var entry = element("li", { "class": "demarc-live-" + f.severity });
      entry.append(element("pre", { tabindex: "0" }, f.text));
      list.append(entry);
    });
    if (state.left) list.append(element("li", {}, "and " + state.left + " more"));
    var details = element("details", open ? { open: "" } : {});
    details.append(element("summary", {}, "Findings"), list);
    details.addEventListener("toggle", function () {
      closed = details.open ? "" : JSON.stringify(state.findings);
    });
    box.className = state.good ? "" : "demarc-live-bad";
    box.replaceChildren(text);
    if (state.findings.length) box.append(details);
    if (text.textContent !== title) text.textContent = title;
    box.hidden = false;
  }

  function hide() {
    if (box) { box.hidden = true; text.textContent = ""; }
  }

  function listen() {
    var query = new URLSearchParams({ page: script.dataset.page, digest: script.dataset.digest });
    var events = new EventSource("/.demarc/events?" + query);
    events.onmessage = function (event) {
      var state = JSON.parse(event.data);
      if (state.stale) { events.close(); location.reload(); return; }
      if (!state.good) show(state.summary + " · this is the last good site", state);
      else if (state.findings.length) show(state.summary, state);
      else hide();
      document.documentElement.dataset.demarcLive = state.good ? "good" : "bad";
    };
    events.onerror = function () {
      show("demarc serve has stopped; waiting for it to come back", { good: true, findings: [] });
    };
    addEventListener("pagehide", function () { events.close(); });
    addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
  }

  listen();
})();
