// The file in which the state of a checklist is kept: reader and writer.
//
// It is YAML of one fixed shape, described in docs/site.md, so that people and
// other programs can read and write it too. The reader takes that shape only
// and says in which line something else stands; it never guesses.
var demarcState = (function () {
  "use strict";

  var VERSION = "1";
  var HEAD = ["workspace", "model", "environment"];
  var FIELDS = ["item", "state", "by", "on", "evidence", "reason", "note", "digest"];
  var STATES = ["open", "done", "not-applicable"];
  var LONGEST = 2000000; // characters of a file

  // quote makes a JSON string, which is a YAML string too, with all characters
  // escaped that some reader may take for the end of a line.
  function quote(text) {
    return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, function (c) {
      return "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0");
    });
  }

  // format returns the text of a state: {workspace, model, environment, items},
  // where items is a list of objects with the fields above, all strings.
  function format(state) {
    var out = "# The state of a checklist, kept with Demarc.\ndemarc-checklist: " + VERSION + "\n";
    HEAD.forEach(function (key) { out += key + ": " + quote(state[key]) + "\n"; });
    if (!state.items.length) return out + "items: []\n";
    out += "items:\n";
    state.items.forEach(function (record) {
      var lead = "  - ";
      FIELDS.forEach(function (key) {
        if (!record[key]) return;
        out += lead + key + ": " + (key === "state" ? record[key] : quote(record[key])) + "\n";
        lead = "    ";
      });
    });
    return out;
  }

  // scalar returns the text that a value stands for: in double quotes as in JSON,
  // in single quotes, or plain if it cannot mean anything else.
  function scalar(value, fail) {
    var match;
    if (value[0] === '"') {
      match = /^("(?:[^"\\]|\\.)*")\s*(?:#.*)?$/s.exec(value);
      if (!match) fail("the closing quote is missing, or something follows it");
      try { return JSON.parse(match[1]); } catch (e) { fail("there is an escape in the quotes that is not one of JSON's"); }
    }
    if (value[0] === "'") {
      match = /^'((?:[^']|'')*)'\s*(?:#.*)?$/s.exec(value);
      if (!match) fail("the closing quote is missing, or something follows it");
      return match[1].replace(/''/g, "'");
    }
    value = value.replace(/\s+#.*$/, "").trim();
    if (/^[-?:,[\]{}#&*!|>%@`]/.test(value) && value !== "" || /:(\s|$)/.test(value)) fail("put the value in double quotes");
    return value;
  }

  // parse returns the state that a text holds, or throws an Error that says what
  // is wrong with it and where.
  function parse(text) {
    if (text.length > LONGEST) throw new Error("it is too large to be the state of a checklist");
    var state = { items: [] }, seen = {}, ids = {}, record = null, inItems = false, dash = 0, number = 0;

    function fail(why) { throw new Error("line " + number + ": " + why); }
    function put(into, key, value) {
      if (Object.prototype.hasOwnProperty.call(into, key)) fail(key + " stands twice");
      into[key] = scalar(value, fail);
    }
    function finish() {
      if (!record) return;
      check(record, fail);
      if (Object.prototype.hasOwnProperty.call(ids, record.item)) fail("item " + record.item + " stands twice");
      ids[record.item] = true;
      state.items.push(record);
      record = null;
    }

    text.replace(/^\ufeff/, "").split(/\r?\n/).forEach(function (line) {
      number++;
      if (/^\s*(#.*)?$/.test(line) || line === "---") return;
      if (number === 1 && /^\s*[<{[]/.test(line)) fail("this is no state of a checklist");
      var match = /^( *)(- +)?([A-Za-z][A-Za-z-]*):(?: +(.*?))? *$/s.exec(line);
      if (!match) fail("expected a key and a value, such as state: done");
      var indent = match[1].length, starts = match[2], key = match[3], value = match[4] || "";
      if (!inItems) {
        if (indent || starts) fail("expected one of " + HEAD.concat("items").join(", "));
        if (seen[key]) fail(key + " stands twice");
        seen[key] = true;
        if (key === "items") {
          if (value !== "" && value !== "[]") fail("items has to be a list");
          inItems = value === "";
        } else if (key === "demarc-checklist") {
          state.version = scalar(value, fail);
          if (state.version !== VERSION) fail("this is version " + state.version + " of the format; this page knows version " + VERSION);
        } else if (HEAD.indexOf(key) >= 0) put(state, key, value);
        else fail("unknown key " + key);
        return;
      }
      if (starts) {
        if (state.items.length || record) { if (indent !== dash) fail("this entry is not indented like the one before"); }
        finish();
        dash = indent;
        record = {};
      } else if (!record || indent !== dash + 2) fail("this line is not indented like an item's fields");
      if (FIELDS.indexOf(key) < 0) fail("unknown key " + key);
      put(record, key, value);
    });
    finish();
    number++;
    if (!state.version) throw new Error("this is no state of a checklist: demarc-checklist is missing");
    HEAD.forEach(function (key) { if (!state[key]) throw new Error(key + " is missing"); });
    if (!seen.items) throw new Error("items is missing: the file may have been cut off");
    return state;
  }

  function check(record, fail) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(record.item || "")) fail("an entry's item is missing or no identifier");
    var of = "item " + record.item + ": ";
    if (STATES.indexOf(record.state) < 0) fail(of + "state has to be " + STATES.join(", "));
    if (record.on && (!/^\d{4}-\d\d-\d\d$/.test(record.on) || isNaN(Date.parse(record.on)))) fail(of + "on has to be a date such as 2026-01-31");
    if (record.state === "not-applicable" && !record.reason) fail(of + "not-applicable needs a reason");
  }

  return { parse: parse, format: format, fields: FIELDS };
})();
