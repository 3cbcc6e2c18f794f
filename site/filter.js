// Filters on RACI and checklist. What rows are filtered by stands on them as
// attributes; what is chosen stands in the URL, so that it can be kept and sent.
(function () {
  "use strict";

  var make = demarc.make, main = document.getElementById("main");
  var checklist = document.body.classList.contains("kind-checklist");
  var rows = Array.from(main.querySelectorAll("tr[data-action], li[data-action]"));
  if (!rows.length) return;
  var names = JSON.parse(demarc.data.names || "{}");
  var letters = [["R", "R, responsible"], ["A", "A, accountable"], ["C", "C, consulted"], ["I", "I, informed"]];

  function words(name) {
    return function (row) { return (row.dataset[name] || "").split(" ").filter(Boolean); };
  }
  function inOrder(list) {
    return list.map(function (word) { return [word, word.charAt(0).toUpperCase() + word.slice(1).replace(/-/g, " ")]; });
  }

  // Each filter has a name in the URL, a label, its choices, and a function that
  // returns the values of a row. Party and letter belong together: see matches.
  var filters = [
    { name: "party", label: "Party", choices: names.party || [], of: function (row) { return words("roles")(row).map(function (r) { return r.split(":")[0]; }); } },
    { name: "letter", label: "Role", choices: letters, of: function (row) { return words("roles")(row).map(function (r) { return r.split(":")[1]; }).join("").split(""); } },
    { name: "phase", label: "Phase", choices: inOrder(["choose", "set-up", "go-live", "operate", "incident", "exit"]), of: words("phase") },
    { name: "level", label: "Level", choices: inOrder(["required", "recommended"]), of: words("level") },
    { name: "topic", label: "Topic", choices: names.topic || [], of: words("topic") },
    { name: "action", label: "Action", choices: inOrder(["do", "advise", "watch", "verify"]), of: words("action") },
    { name: "team", label: "Team", choices: inOrder(["platform", "application", "security", "service-owner"]), of: words("team") },
  ];
  if (checklist) filters.push({ name: "state", label: "State", choices: inOrder(["open", "done", "not-applicable"]), of: words("state"), always: true });

  var chosen = {};

  function matches(row) {
    return filters.every(function (f) {
      var want = chosen[f.name];
      if (!want) return true;
      if (f.name === "letter" && chosen.party) { // that letter, held by that party
        return words("roles")(row).some(function (r) { return r.split(":")[0] === chosen.party && r.split(":")[1].indexOf(want) >= 0; });
      }
      return f.of(row).indexOf(want) >= 0;
    });
  }

  // Sections whose rows are all hidden are hidden, and so is what leads to them.
  var sections = Array.from(main.querySelectorAll("section")).filter(function (s) { return s.querySelector("tr[data-action], li[data-action]"); });

  // The row that somebody is in stays until they leave it: ticking under "what is
  // left" would pull the box away from under pointer and keyboard.
  var stays = null;

  function apply() {
    var shown = 0;
    stays = null;
    rows.forEach(function (row) {
      var fits = matches(row);
      if (!fits && row.contains(document.activeElement)) stays = row;
      row.hidden = !fits && row !== stays;
      if (!row.hidden) shown++;
    });
    sections.forEach(function (section) {
      var empty = !section.querySelector("tr[data-action]:not([hidden]), li[data-action]:not([hidden])");
      section.hidden = empty;
      var entry = document.querySelector('.contents a[href="#' + CSS.escape(section.firstElementChild.id) + '"]');
      if (entry) entry.parentElement.hidden = empty;
    });
    var any = Object.keys(chosen).length > 0, what = checklist ? "items" : "activities";
    count.textContent = any ? (shown ? shown + " of " + rows.length + " " + what : "Nothing matches.") : rows.length + " " + what;
    all.hidden = !any;
    mine.setAttribute("aria-pressed", String(chosen.action === "do"));
    left.setAttribute("aria-pressed", String(chosen.state === "open"));
    filters.forEach(function (f) { if (f.select) f.select.value = chosen[f.name] || ""; });
  }

  function choose(name, value) {
    if (value) chosen[name] = value;
    else delete chosen[name];
    apply();
    remember();
  }

  // remember puts the choice into the URL and leaves the rest of it alone.
  function remember() {
    var query = new URLSearchParams(location.search);
    filters.forEach(function (f) {
      if (chosen[f.name]) query.set(f.name, chosen[f.name]);
      else query.delete(f.name);
    });
    var text = query.toString();
    try { history.replaceState(null, "", (text ? "?" + text : location.pathname.replace(/.*\//, "")) + location.hash); } catch (e) { /* some browsers forbid it for files */ }
  }

  function recall() {
    var query = new URLSearchParams(location.search);
    filters.forEach(function (f) {
      var value = query.get(f.name);
      if (value && f.choices.some(function (c) { return c[0] === value; })) chosen[f.name] = value;
    });
  }

  function clear() {
    chosen = {};
    apply();
    remember();
  }

  function toggle(label, name, value, hint) {
    return make("button", { type: "button", "aria-pressed": "false", title: hint, click: function () { choose(name, chosen[name] === value ? "" : value); } }, label);
  }

  var mine = toggle("Mine", "action", "do", "What the customer does or answers for");
  var left = toggle("What is left", "state", "open", "What is neither done nor not applicable");
  var count = make("span", { class: "count", role: "status" });
  var all = make("button", { type: "button", hidden: true, click: function () { clear(); mine.focus(); } }, "Show all");
  var choices = make("div", { class: "choices" });
  filters.forEach(function (f) {
    var present = {};
    rows.forEach(function (row) { f.of(row).forEach(function (v) { present[v] = true; }); });
    f.choices = f.choices.filter(function (c) { return f.always || present[c[0]]; });
    if (f.choices.length < 2) return;
    f.select = make("select", { id: "filter-" + f.name, change: function () { choose(f.name, f.select.value); } }, make("option", { value: "" }, "Any"));
    f.choices.forEach(function (c) { f.select.append(make("option", { value: c[0] }, c[1])); });
    choices.append(make("p", {}, make("label", { for: "filter-" + f.name }, f.label), f.select));
  });

  recall();
  var more = make("details", { open: Object.keys(chosen).some(function (name) { return name !== "action" && name !== "state"; }) }, make("summary", {}, "Filter"), choices);
  main.querySelector("section").before(make("div", { class: "filters screen", role: "group", "aria-label": "Filter" },
    make("p", {}, mine, checklist ? left : null, all, count), more));
  apply();

  document.addEventListener("demarc:state", apply);
  ["click", "keyup"].forEach(function (event) {
    document.addEventListener(event, function () { if (stays && !stays.contains(document.activeElement)) apply(); });
  });
  // A link to a row that is hidden shows it.
  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && main.contains(target) && target.closest("[hidden]")) {
      clear();
      target.scrollIntoView();
    }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
