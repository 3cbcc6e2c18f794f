// Working on a checklist: ticks, owners, dates, evidence and notes, kept in this
// browser for each environment, and in a file wherever you like.
//
// What is kept is the very text of that file (state.js), so there is one format
// to trust. Every change reads what is stored, changes one item and stores it
// again: two tabs do not undo each other's ticks.
(function () {
  "use strict";

  var make = demarc.make, site = demarc.data.site, model = demarc.data.model;
  var main = document.getElementById("main");
  var rows = Array.from(main.querySelectorAll("li[data-digest]"));
  if (!rows.length) return;

  // Storage. Each part of a key is escaped, so that no two can be the same.
  function key() { return "demarc:" + Array.from(arguments, encodeURIComponent).join(":"); }
  var environmentsKey = key(site, "", "environments"), environmentKey = key(site, "", "environment");
  var environments = ["staging", "production"], environment = "production";
  var records = {};     // by item, as in the file
  var kept = {};        // by key, the records that could not be stored

  function stateKey() { return key(site, model, environment); }

  function unsaved() { return Boolean(kept[stateKey()]); }

  function load() {
    var text = null;
    records = kept[stateKey()] || {};
    if (unsaved()) return;
    try { text = localStorage.getItem(stateKey()); } catch (denied) { return notStored(denied); }
    if (text === null) return;
    try { records = byItem(demarcState.parse(text)); } catch (damaged) { setAside(text, damaged); }
  }

  // setAside keeps a state that cannot be read where nothing overwrites it.
  function setAside(text, why) {
    demarc.write(stateKey() + ":damaged", text);
    notice("What this browser holds for " + environment + " cannot be read (" + why.message + "). It is set aside; the checklist starts empty.",
      "Download what was set aside", function () { download("damaged-" + fileName(), text); });
  }

  function byItem(state) {
    var by = {};
    state.items.forEach(function (r) { by[r.item] = r; });
    return by;
  }

  // text returns the file: items in the order of the page, then those that the
  // page does not have.
  function text() {
    var order = rows.map(function (li) { return li.id; });
    var others = Object.keys(records).filter(function (id) { return order.indexOf(id) < 0; }).sort();
    var items = order.concat(others).map(function (id) { return records[id]; }).filter(Boolean);
    return demarcState.format({ workspace: site, model: model, environment: environment, items: items });
  }

  function store() {
    try {
      localStorage.setItem(stateKey(), text());
    } catch (failed) { return notStored(failed); }
    if (unsaved()) clearNotice();
    delete kept[stateKey()];
  }

  // notStored says so. From here on, what is in memory counts.
  function notStored(why) {
    kept[stateKey()] = records;
    var full = /quota/i.test(why.name);
    notice((full ? "The storage of this browser is full" : "This browser does not let the page store anything") +
      ": what you change is lost when you leave. Download it before you do.", "Download", saveFile);
  }

  // change sets fields of one item.
  function change(id, fields) {
    load();
    var record = records[id] || { item: id, state: "open" };
    Object.keys(fields).forEach(function (name) { record[name] = fields[name]; });
    var empty = record.state === "open" && !demarcState.fields.some(function (f) { return f !== "item" && f !== "state" && f !== "digest" && record[f]; });
    if (empty) delete records[id];
    else records[id] = record;
    store();
    show();
  }

  function today() {
    var d = new Date();
    return d.getFullYear() + "-" + String(d.getMonth() + 1).padStart(2, "0") + "-" + String(d.getDate()).padStart(2, "0");
  }

  // settle marks an item as done, not applicable or open again.
  function settle(li, state) {
    var record = records[li.id] || {};
    if (state === "open") return change(li.id, { state: state, on: "", reason: "", digest: "" });
    change(li.id, {
      state: state, on: record.on || today(), by: record.by || demarc.read("demarc:me") || "",
      reason: state === "done" ? "" : record.reason, digest: li.dataset.digest,
    });
  }

  function changedSince(li) {
    var r = records[li.id];
    return Boolean(r && r.state !== "open" && r.digest && r.digest !== li.dataset.digest);
  }

  // What is shown.

  function show() {
    rows.forEach(showRow);
    groups.forEach(showProgress);
    document.dispatchEvent(new Event("demarc:state"));
  }

  function showRow(li) {
    var r = records[li.id] || { state: "open" }, parts = li.parts;
    parts.box.checked = r.state === "done";
    parts.box.indeterminate = r.state === "not-applicable";
    li.dataset.state = r.state;
    var line = [];
    if (r.state === "not-applicable") line.push("Not applicable: " + r.reason);
    if (r.state === "done") line.push("Done" + (r.by ? " by " + r.by : ""));
    else if (r.by) line.push("Owner: " + r.by);
    if (r.on) line.push(r.on);
    parts.record.replaceChildren(line.join(", "));
    if (r.evidence) parts.record.append(line.length ? ". Evidence: " : "Evidence: ", link(r.evidence));
    if (r.note) parts.record.append(make("span", { class: "note" }, r.note));
    parts.record.hidden = !parts.record.firstChild;
    parts.changed.hidden = !changedSince(li);
    if (parts.form) fill(li, r);
  }

  // link makes a link of an address, and of nothing else.
  function link(address) {
    if (!/^https?:\/\/[^\s]+$/i.test(address)) return address;
    return make("a", { href: address, rel: "noreferrer noopener" }, address);
  }

  var groups = Array.from(main.querySelectorAll("section")).filter(function (s) { return s.querySelector("li[data-digest]"); }).map(function (section) {
    var bar = make("progress", { class: "screen", "aria-label": section.firstElementChild.textContent + ", progress" });
    var words = make("span");
    section.firstElementChild.after(make("p", { class: "progress" }, bar, " ", words));
    return { rows: rows.filter(function (li) { return section.contains(li); }), bar: bar, words: words };
  });

  function showProgress(group) {
    var n = { done: 0, "not-applicable": 0, open: 0 }, changed = 0;
    group.rows.forEach(function (li) {
      n[li.dataset.state]++;
      if (changedSince(li)) changed++;
    });
    group.bar.max = group.rows.length;
    group.bar.value = n.done + n["not-applicable"];
    group.words.textContent = n.done + " of " + group.rows.length + " done" +
      (n["not-applicable"] ? ", " + n["not-applicable"] + " not applicable" : "") +
      (changed ? ", " + changed + " changed since" : "");
  }

  // The form of an item, made when it is first opened.

  function fill(li, r) {
    var f = li.parts.form;
    ["by", "on", "evidence", "note", "reason"].forEach(function (name) {
      if (f[name] !== document.activeElement) f[name].value = r[name] || "";
    });
    f.na.checked = r.state === "not-applicable" || f.na.checked && r.state === "open" && !r.reason;
    f.reasonLine.hidden = !f.na.checked;
  }

  function makeForm(li) {
    var id = li.id, f = li.parts.form = {};
    function line(name, label, tag, attributes) {
      attributes.id = name + "-" + id;
      // While it is typed, so that nothing moves when the field is left: what was
      // to be clicked next would slip away from under the pointer.
      attributes.input = function () { edit(name); };
      f[name] = make(tag, attributes);
      return make("p", {}, make("label", { for: attributes.id }, label), f[name]);
    }
    function edit(name) {
      var value = f[name].value.trim(), fields = {};
      fields[name] = value;
      if (name === "reason") return reason(value);
      change(id, fields);
    }
    // An item is not applicable once there is a reason.
    function reason(value) {
      if (value) {
        change(id, { reason: value });
        settle(li, "not-applicable");
      } else if ((records[id] || {}).state === "not-applicable") settle(li, "open");
    }
    var owner = line("by", "Owner", "input", { type: "text", autocomplete: "off", change: function () {
      if (f.by.value.trim()) demarc.write("demarc:me", f.by.value.trim());
    } });
    f.reasonLine = line("reason", "Reason why it is not applicable", "input", { type: "text" });
    f.na = make("input", { type: "checkbox", id: "na-" + id, change: function () {
      f.reasonLine.hidden = !f.na.checked;
      if (f.na.checked) f.reason.focus();
      else if ((records[id] || {}).state === "not-applicable") settle(li, "open");
    } });
    li.parts.panel.append(
      owner,
      line("on", "Date", "input", { type: "date" }),
      line("evidence", "Evidence: link or place", "input", { type: "text", autocomplete: "off" }),
      line("note", "Notes", "textarea", { rows: "2" }),
      make("p", { class: "tick" }, f.na, make("label", { for: "na-" + id }, "Not applicable")),
      f.reasonLine);
    fill(li, records[id] || { state: "open" });
  }

  rows.forEach(function (li) {
    var box = li.querySelector("input"), panelID = "details-" + li.id;
    var panel = make("div", { class: "panel screen", id: panelID, role: "group", "aria-label": "Details of " + li.id, hidden: true });
    var button = make("button", { type: "button", class: "details screen", "aria-expanded": "false", "aria-controls": panelID, "aria-label": "Details of " + li.id, click: function () {
      if (!li.parts.form) makeForm(li);
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
    } }, "Details");
    var record = make("p", { class: "record", hidden: true });
    var changed = make("p", { class: "changed", hidden: true }, "Changed since it was ticked: look at it again. ",
      make("button", { type: "button", class: "screen", "aria-label": "Still holds: " + li.id, click: function () { change(li.id, { digest: li.dataset.digest }); } }, "Still holds"));
    li.append(changed, record, make("p", { class: "tools screen" }, button, li.querySelector(":scope > button.link")), panel);
    li.parts = { box: box, record: record, changed: changed, panel: panel };
    box.addEventListener("change", function () { settle(li, box.checked ? "done" : "open"); });
  });

  // Files.

  function fileName() { return (model + "-" + environment).replace(/[^A-Za-z0-9._-]+/g, "-") + ".checklist.yaml"; }

  function download(name, content) {
    var url = URL.createObjectURL(new Blob([content], { type: "application/yaml" }));
    var a = make("a", { href: url, download: name });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
  }

  function saveFile() { download(fileName(), text()); }

  // openFile lays a file over what is there: items in the file replace, others
  // stay. Nothing is changed unless all of the file can be read.
  function openFile(file) {
    file.text().then(function (content) {
      var state = demarcState.parse(content);
      if (state.model !== model) throw new Error("it is for the model " + state.model + ", and this page is for " + model);
      use(state.environment);
      load();
      var before = JSON.stringify(records), known = rows.map(function (li) { return li.id; });
      var strange = state.items.filter(function (r) { return known.indexOf(r.item) < 0; });
      state.items.forEach(function (r) { records[r.item] = r; });
      store();
      show();
      notice("Loaded " + state.items.length + (state.items.length === 1 ? " item" : " items") + " into " + environment + "." +
        (strange.length ? " Not in this checklist, but kept: " + strange.map(function (r) { return r.item; }).join(", ") + "." : "") +
        (state.workspace !== site ? " The file was written for the site \u201c" + state.workspace + "\u201d." : "") +
        (unsaved() ? " It could not be stored: download it again before you leave." : ""),
        "Undo", function () {
          records = JSON.parse(before);
          store();
          show();
          if (!unsaved()) notice("The file is taken back.");
        });
    }).catch(function (why) {
      notice(file.name + " could not be loaded: " + why.message + ". Nothing was changed.");
    });
  }

  // Environments.

  function readEnvironments() {
    var list = null, current = demarc.read(environmentKey);
    try { list = JSON.parse(demarc.read(environmentsKey)); } catch (damaged) { /* as if there were none */ }
    if (Array.isArray(list) && list.length && list.every(function (e) { return typeof e === "string" && e; })) environments = list;
    if (environments.indexOf(current) >= 0) environment = current;
    else if (environments.indexOf(environment) < 0) environment = environments[0];
  }

  // use makes an environment the current one, a new one if need be.
  function use(name) {
    if (environments.indexOf(name) < 0) {
      environments.push(name);
      demarc.write(environmentsKey, JSON.stringify(environments));
    }
    if (name !== environment) {
      environment = name;
      demarc.write(environmentKey, name);
      clearNotice(); // its button is for the one before
      load();
    }
    showEnvironments();
  }

  var select = make("select", { id: "environment", change: function () { use(select.value); show(); } });
  function showEnvironments() {
    select.replaceChildren.apply(select, environments.map(function (name) { return make("option", { value: name }, name); }));
    select.value = environment;
    printed.textContent = "Environment: " + environment;
  }

  var printed = make("p", { class: "paper" });
  var message = make("div", { class: "notice screen", role: "alert" });
  function notice(words, action, act) {
    message.replaceChildren(make("span", {}, words));
    if (action) message.append(" ", make("button", { type: "button", click: act }, action));
  }
  function clearNotice() { message.replaceChildren(); }

  var newName = make("input", { type: "text", id: "new-environment", maxlength: "40", autocomplete: "off", keydown: function (e) { if (e.key === "Enter") addEnvironment(); } });
  function addEnvironment() {
    var name = newName.value.trim().replace(/\s+/g, " ");
    if (!name) return newName.focus();
    newName.value = "";
    adder.open = false;
    use(name);
    show();
    select.focus();
  }
  var adder = make("details", {}, make("summary", {}, "Add environment"),
    make("p", {}, make("label", { for: "new-environment" }, "Name"), newName, make("button", { type: "button", click: addEnvironment }, "Add")));

  var picker = make("input", { type: "file", class: "away", tabindex: "-1", "aria-label": "File with the state of a checklist", accept: ".yaml,.yml,text/yaml,application/yaml", change: function () {
    if (picker.files[0]) openFile(picker.files[0]);
    picker.value = "";
  } });

  var bar = make("div", { class: "work screen", role: "group", "aria-label": "State of the checklist" },
    make("p", {}, make("label", { for: "environment" }, "Environment"), select), adder,
    make("p", {},
      make("button", { type: "button", click: saveFile }, "Download"),
      make("button", { type: "button", click: function () { picker.click(); } }, "Load file"), picker,
      make("button", { type: "button", click: function () { window.print(); } }, "Print")),
    make("p", { class: "hint" }, "Kept in this browser only: download the file to keep or share it."));
  main.querySelector("section").before(bar, message, printed);

  window.addEventListener("storage", function (event) {
    if (event.key === stateKey() && !unsaved()) { load(); show(); }
  });
  window.addEventListener("beforeunload", function (event) { if (Object.keys(kept).length && Object.keys(records).length) event.preventDefault(); });

  readEnvironments();
  showEnvironments();
  load();
  show();
})();
