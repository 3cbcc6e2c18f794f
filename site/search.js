// Search over the activities, items, steps and topics of all models. It is
// loaded when it is first opened, then fetches the index in parts, that of the
// page's own model first: classic scripts that call demarcSearch.
//
// How it finds: the query is cut into words; an entry matches if each of them
// begins a word of it. What stands in the title counts for more than what
// stands in the rest, the whole identifier most of all. Entries are few enough
// to be looked through one by one, so there is no inverted index to build: ten
// thousand activities with their items and steps take a few milliseconds.
var demarcSearch = (function () {
  "use strict";

  var make = demarc.make, root = demarc.data.root, own = demarc.data.model;
  var SHOWN = 30, PARALLEL = 6;
  var kinds = ["Activity", "Item", "Step", "Topic"];
  var ACTIVITY = 0, ITEM = 1, STEP = 2, TOPIC = 3;

  // An entry is {kind, id, title, where, href, head, rest, own}: head and rest are
  // what is searched, folded and with a blank before each word.
  var entries = [], titles = {}, waiting = [], parts = 0, done = 0, failed = 0;
  var dialog, field, list, count, last = { words: null, found: null, size: 0 };

  // fold makes text comparable: no case, no accents, a blank for everything
  // between words. It keeps what stands in identifiers and commands.
  function fold(text) {
    text = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(text)) text = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return " " + text.replace(/[^\p{L}\p{N}.]+/gu, " ").trim();
  }

  function add(kind, model, id, title, where, href, more) {
    entries.push({
      kind: kind, model: model, id: id, title: title, where: where, href: href,
      head: fold(id + " " + title), rest: more ? fold(more) : "", own: model === own,
    });
  }

  function addModel(part) {
    var name = titles[part.model] || part.model, folder = part.model + "/";
    part.activities.forEach(function (a) {
      add(ACTIVITY, part.model, a[0], a[1], name + ", RACI", folder + "raci.html#" + a[0], a[2] + " " + name);
    });
    part.items.forEach(function (it) {
      add(ITEM, part.model, it[0], it[1], name + ", checklist", folder + "checklist.html#" + it[0], it[2] + " " + name);
      for (var i = 3; i < it.length; i++) {
        var id = it[0] + "." + (i - 2);
        add(STEP, part.model, "", it[i], name + ", runbook: " + it[1], folder + "runbook.html#" + id, it[1]);
      }
    });
  }

  function addSite(part) {
    part.topics.forEach(function (t) {
      add(TOPIC, "", "", t[0], "Legend", "legend.html#" + t[1], t[2]);
    });
    part.models.forEach(function (m) {
      titles[m[0]] = m[1];
      if (m[0] === own) waiting.unshift(m[0]);
      else waiting.push(m[0]);
    });
    parts = waiting.length;
  }

  // next loads a part; when it is there, the one after it.
  function next() {
    var model = waiting.shift();
    if (model === undefined) return;
    demarc.load(model + "/search-index.js", function (ok) {
      done++;
      if (!ok) failed++;
      next();
      if (done === 1 || done % 20 === 0 || done === parts) show();
    });
  }

  function loadIndex() {
    demarc.load("search-index.js", function (ok) {
      if (!ok) failed++;
      for (var i = 0; i < PARALLEL; i++) next();
      show();
    });
  }

  // score says how well an entry fits the words, 0 if it does not.
  function score(entry, words) {
    var sum = 0;
    for (var i = 0; i < words.length; i++) {
      var word = words[i], at = entry.head.indexOf(word);
      if (at >= 0) {
        var end = entry.head[at + word.length];
        sum += (entry.kind === STEP ? 4 : 10) + (end === undefined || end === " " ? 6 : 0) + (at === 0 ? 2 : 0);
      } else if (entry.rest && entry.rest.indexOf(word) >= 0) sum += 3;
      else return 0;
    }
    if (entry.id && entry.id === last.text) sum += 100;
    return sum + [4, 5, 0, 3][entry.kind] + (entry.own ? 3 : 0);
  }

  // find returns the best entries and how many there are. While somebody types
  // on, only what was found before is looked through again.
  function find(text) {
    var words = fold(text).trim().split(" ").filter(Boolean).map(function (w) { return " " + w; });
    if (!words.length) return { best: [], total: 0 };
    var within = entries, before = last.words;
    if (before && last.size === entries.length && before.length <= words.length &&
        before.every(function (w, i) { return words[i].indexOf(w) === 0; })) within = last.found;
    last.text = text.trim().toLowerCase();
    var found = [], best = [];
    for (var i = 0; i < within.length; i++) {
      var points = score(within[i], words);
      if (!points) continue;
      found.push(within[i]);
      if (best.length === SHOWN && points <= best[SHOWN - 1].points) continue;
      var at = best.length;
      while (at > 0 && best[at - 1].points < points) at--;
      best.splice(at, 0, { entry: within[i], points: points });
      if (best.length > SHOWN) best.pop();
    }
    last = { words: words, found: found, size: entries.length, text: last.text };
    return { best: best, total: found.length };
  }

  // marked returns text with the beginnings of words that were searched for
  // marked, cut to the place of the first if it is long.
  function marked(text, words) {
    var pattern = words.map(function (w) { return w.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }).join("|");
    var match = new RegExp("(?<![\\p{L}\\p{N}])(?:" + pattern + ")", "giu");
    var first = text.search(match);
    if (first > 80) text = "\u2026 " + text.slice(text.indexOf(" ", first - 50) + 1);
    if (text.length > 220) text = text.slice(0, 220) + " \u2026";
    var out = document.createDocumentFragment(), from = 0;
    text.replace(match, function (hit, at) {
      out.append(text.slice(from, at), make("mark", {}, hit));
      from = at + hit.length;
    });
    out.append(text.slice(from));
    return out;
  }

  function show() {
    var text = field.value, result = find(text);
    list.replaceChildren();
    result.best.forEach(function (b) {
      var e = b.entry;
      list.append(make("li", {}, make("a", { href: root + e.href, click: close },
        make("span", { class: "what" }, kinds[e.kind]), " ",
        make("span", { class: "title" }, marked(e.title, last.words)), " ",
        make("span", { class: "where" }, e.where))));
    });
    var say = "";
    if (text.trim()) say = result.total === 0 ? "Nothing found." : result.total > SHOWN ? "The best " + SHOWN + " of " + result.total + "." : result.total === 1 ? "One found." : result.total + " found.";
    if (done < parts) say += " Still loading: " + done + " of " + parts + " models.";
    if (failed) say += " A part of the index could not be loaded.";
    count.textContent = say.trim();
  }

  function close() { dialog.close(); }

  // move goes up and down through field and results.
  function move(event) {
    var by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { // a search field would take the first one for itself
      event.preventDefault();
      close();
    }
    if (event.key === "Enter" && event.target === field && list.querySelector("a")) list.querySelector("a").click();
    if (!by) return;
    event.preventDefault();
    var stops = [field].concat(Array.from(list.querySelectorAll("a")));
    var at = stops.indexOf(document.activeElement) + by;
    if (stops[at]) stops[at].focus();
  }

  function build() {
    field = make("input", { type: "search", id: "search-field", autocomplete: "off", spellcheck: "false", input: show });
    count = make("p", { class: "count", role: "status" });
    list = make("ol", { class: "results" });
    var slash = make("input", { type: "checkbox", id: "search-slash", change: function () { demarc.write("demarc:slash", slash.checked ? null : "off"); } });
    slash.checked = demarc.read("demarc:slash") !== "off";
    dialog = make("dialog", { class: "search screen", "aria-label": "Search", keydown: move, click: function (e) { if (e.target === dialog) close(); } },
      make("div", { class: "box" },
        make("div", { class: "line" }, make("label", { for: "search-field" }, "Search"), field, make("button", { type: "button", click: close }, "Close")),
        count, list,
        make("p", { class: "hint" }, "Arrow keys choose, Enter opens, Escape closes. ", make("label", { for: "search-slash" }, slash, " The key / opens the search"))));
    document.body.append(dialog);
    loadIndex();
  }

  // open shows the search, with what was typed while it was loaded.
  function open(typed) {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
    if (!typed) return;
    field.value = typed;
    show();
  }

  return { open: open, model: addModel, site: addSite };
})();
