// The reader of checklist files, on its own: what it takes, and that it says in
// which line something is wrong.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const sandbox = {};
vm.runInNewContext(readFileSync(new URL("../../site/state.js", import.meta.url), "utf8") + "\nthis.state = demarcState;", sandbox);
const parse = (text) => JSON.parse(JSON.stringify(sandbox.state.parse(text)));
const { format } = sandbox.state;

const head = 'demarc-checklist: 1\nworkspace: "W"\nmodel: "a/b"\nenvironment: "production"\n';

test("what is written is read back", () => {
  const state = {
    workspace: 'A "site": #1', model: "a/b", environment: "staging\u2028\ud83d\ude80",
    items: [
      { item: "one", state: "done", by: "Ann \\ Bob", on: "2026-02-28", evidence: "https://x/?a=b#c", note: "two\nlines\t'and' \"quotes\"", digest: "0123456789ab" },
      { item: "two", state: "not-applicable", reason: "- no: need # here" }, { item: "three", state: "open", by: "null" },
    ],
  };
  assert.deepEqual(parse(format(state)), { ...state, version: "1" });
  assert.deepEqual(parse(format({ ...state, items: [] })).items, []);
});

test("hand-written YAML of the same shape is read", () => {
  const text = "\ufeff---\r\n# mine\r\nmodel: a/b # which\r\ndemarc-checklist: '1'\r\nenvironment: production\r\nworkspace: 'It''s ours'\r\nitems:\r\n- item: one\r\n  state: done\r\n  on: 2026-01-31\r\n\r\n- state: open\r\n  item: two\r\n  note: \"a\" # b\r\n";
  assert.deepEqual(parse(text), {
    version: "1", workspace: "It's ours", model: "a/b", environment: "production",
    items: [{ item: "one", state: "done", on: "2026-01-31" }, { item: "two", state: "open", note: "a" }],
  });
});

for (const [name, text, message] of [
  ["nothing", "", /demarc-checklist is missing/],
  ["something else", "<!DOCTYPE html>", /line 1: this is no state/],
  ["JSON", '{"a": 1}', /line 1: this is no state/],
  ["another YAML file", "title: x\n", /line 1: unknown key title/],
  ["a newer version", "demarc-checklist: 2\n", /line 1: this is version 2/],
  ["a file that was cut off", head, /items is missing/],
  ["a value that was cut off", head + 'items:\n  - item: "one', /line 6: the closing quote/],
  ["no model", "demarc-checklist: 1\nworkspace: w\nenvironment: e\nitems: []\n", /model is missing/],
  ["a key twice", head + 'model: "x"\n', /line 5: model stands twice/],
  ["an unknown field", head + "items:\n  - item: one\n    done: yes\n", /line 7: unknown key done/],
  ["a field twice", head + "items:\n  - item: one\n    item: two\n", /line 7: item stands twice/],
  ["an item twice", head + "items:\n  - item: one\n    state: open\n  - item: one\n    state: done\n", /item one stands twice/],
  ["no state", head + "items:\n  - item: one\n", /item one: state has to be/],
  ["an unknown state", head + "items:\n  - item: one\n    state: yes\n", /item one: state has to be/],
  ["no item", head + "items:\n  - state: done\n", /item is missing/],
  ["no reason", head + "items:\n  - item: one\n    state: not-applicable\n", /needs a reason/],
  ["no date", head + "items:\n  - item: one\n    state: done\n    on: 31.1.2026\n", /on has to be a date/],
  ["wrong indentation", head + "items:\n  - item: one\n   state: done\n", /line 7: this line is not indented/],
  ["a block scalar", head + "items:\n  - item: one\n    note: |\n", /line 7: put the value in double quotes/],
  ["an anchor", head + "items:\n  - item: &a one\n", /line 6: put the value in double quotes/],
  ["a name of every object", head + "items:\n  - item: one\n    constructor: x\n", /line 7: unknown key constructor/],
  ["a line without a key", head + "items:\n  - one\n", /line 6: expected a key/],
  ["too much", " ".repeat(2000001), /too large/],
]) {
  test(`refused: ${name}`, () => assert.throws(() => parse(text), (error) => message.test(error.message) || assert.fail(error.message)));
}
