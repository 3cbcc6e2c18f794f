// Comfort for every page: search, theme, copy buttons, tables whose head stays
// in sight. Pages work without it; what it adds, it makes itself, so that
// nothing dead stands on a page when scripts are off.
//
// Classic scripts, because modules and fetch do not work from the file system.
var demarc = (function () {
  "use strict";

  var body = document.body;

  // make returns an element: attributes by name, and children that are elements
  // or text.
  function make(tag, attributes) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    });
    for (var i = 2; i < arguments.length; i++) if (arguments[i] != null) element.append(arguments[i]);
    return element;
  }

  // read and write are localStorage for small choices. They fail silently: a
  // choice that cannot be kept holds for the page.
  function read(key) {
    try { return localStorage.getItem(key); } catch (denied) { return null; }
  }
  function write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch (denied) { /* see above */ }
  }

  // say tells what happened, to eyes and to screen readers.
  var status = make("p", { class: "status screen", role: "status" });
  var silence;
  body.append(status);
  function say(text) {
    status.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(function () { status.textContent = ""; }, 5000);
  }

  // copy puts text on the clipboard, also on plain http, where browsers offer
  // only the old way.
  function copy(text, done) {
    function old() {
      var field = make("textarea", { class: "away", "aria-hidden": "true", tabindex: "-1" });
      var before = document.activeElement;
      field.value = text;
      body.append(field);
      field.select();
      var ok = false;
      try { ok = document.execCommand("copy"); } catch (e) { /* not allowed */ }
      field.remove();
      if (before) before.focus({ preventScroll: true });
      say(ok ? done : "This browser does not let pages copy. Copy it by hand.");
    }
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(function () { say(done); }, old);
    else old();
  }

  // Permalinks: a button on every activity, item and step. The identifier's
  // address leaves out filters.
  function addLinkButtons() {
    document.querySelectorAll("main tr[id], main section.entry[id], main li[id]").forEach(function (entry) {
      var id = entry.id;
      var button = make("button", { type: "button", class: "link screen", "aria-label": "Copy link to " + id, title: "Copy link", click: function () {
        copy(location.href.replace(/[?#].*$/, "") + "#" + id, "Link to " + id + " copied.");
      } }, "#");
      var after = entry.querySelector(":scope > th a.id, :scope > :is(h2,h3,h4) a.id");
      if (after) after.after(button);
      else if (entry.querySelector(":scope > input")) entry.append(button);
      else entry.prepend(button);
    });
  }

  // Commands: a button that says so when something is still to be filled in.
  function addCopyButtons() {
    document.querySelectorAll("main pre").forEach(function (pre) {
      var button = make("button", { type: "button", class: "copy screen", click: function () {
        var open = Array.from(pre.querySelectorAll(".placeholder"), function (mark) { return mark.textContent; });
        open = open.filter(function (name, i) { return open.indexOf(name) === i; });
        copy(pre.textContent.replace(/\n$/, ""), open.length ? "Copied. Still to be filled in: " + open.join(", ") + "." : "Copied.");
      } }, "Copy");
      var frame = make("div", { class: "code" });
      pre.replaceWith(frame);
      frame.append(pre, button);
    });
  }

  // A wide table scrolls in its frame, which takes the keyboard. One that fits
  // needs no frame, so its head can stay at the top of the window.
  function watchFrames() {
    function look(frame) {
      var table = frame.firstElementChild, wide;
      if (frame.localName === "pre") wide = frame.scrollWidth > frame.clientWidth + 1;
      else wide = table.offsetWidth > frame.clientWidth + 1;
      frame.classList.toggle("fits", !wide);
      if (wide) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    }
    var frames = document.querySelectorAll("main .table, main pre");
    if (!window.ResizeObserver) return;
    var observer = new ResizeObserver(function (changes) {
      changes.forEach(function (change) { look(change.target); });
    });
    frames.forEach(function (frame) { observer.observe(frame); });
  }

  // Theme: that of the system, light or dark.
  function themeButton() {
    var themes = ["system", "light", "dark"];
    var at = Math.max(0, themes.indexOf(document.documentElement.dataset.theme || "system"));
    var button = make("button", { type: "button", click: function () {
      at = (at + 1) % themes.length;
      if (at) document.documentElement.dataset.theme = themes[at];
      else delete document.documentElement.dataset.theme;
      write("demarc:theme", at ? themes[at] : null);
      show();
    } });
    function show() { button.textContent = "Theme: " + themes[at]; }
    show();
    return button;
  }

  // Search is loaded when it is first asked for. What is typed meanwhile goes
  // into its field.
  var loading = false, typed = "";
  function openSearch() {
    if (window.demarcSearch) return window.demarcSearch.open("");
    if (loading) return;
    loading = true;
    load("search.js", function (ok) {
      loading = false;
      if (ok) window.demarcSearch.open(typed);
      else say("The search could not be loaded.");
      typed = "";
    });
  }

  // load runs a script of the site, and then tells whether that went well.
  function load(name, then) {
    document.head.append(make("script", {
      src: body.dataset.root + name,
      load: function () { then(true); },
      error: function () { then(false); },
    }));
  }

  function onKey(event) {
    if (loading && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      typed += event.key;
      return;
    }
    var typing = /^(input|textarea|select)$/.test(event.target.localName) && event.target.type !== "checkbox" || event.target.isContentEditable;
    var slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && read("demarc:slash") !== "off";
    var chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (slash || chord) {
      event.preventDefault();
      openSearch();
    }
  }

  function start() {
    var header = document.querySelector("header.site");
    if (header) {
      header.append(make("div", { class: "actions screen" },
        make("button", { type: "button", class: "search-button", "aria-keyshortcuts": "/ Control+K", click: openSearch }, "Search ", make("kbd", { "aria-hidden": "true" }, "/")),
        themeButton()));
    }
    addLinkButtons();
    addCopyButtons();
    watchFrames();
    document.addEventListener("keydown", onKey);
  }
  start();

  return { make: make, read: read, write: write, say: say, copy: copy, load: load, data: body.dataset };
})();
