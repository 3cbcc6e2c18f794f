// Working on a checklist: what is ticked stays, moves as a file, says when it is
// outdated, and is never lost in silence.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, clean, fileURL, launch, open, serve, temporary } from "./site.js";

// A small workspace, so that one of its items can change.
const workspace = (evidence) => ({
  "demarc.yaml": "title: Test site\nrepository: {url: https://github.com/acme/models, branch: main, path: shared}\n",
  "content/acme/database/model.yaml": `title: Acme Database
provider: Acme
summary: A managed database.
reviewed: 2026-01-15
parties:
  customer: {name: Customer, side: customer}
  acme: {name: Acme, side: provider}
sources:
  guide: {title: Guide, url: https://example.com/guide, published: 2025-06-01, retrieved: 2026-01-15}
sections:
  - {id: "1", title: Use}
activities:
  - {id: take-backups, section: "1", title: Take backups, raci: {customer: RA}, topic: backup, source: guide#1-1}
  - {id: keep-halls, section: "1", title: Keep the halls, raci: {acme: RA}, topic: backup, source: guide#1-2}
`,
  "content/acme/database/checklist.yaml": ["set-up", "go-live"].map((phase, i) => `${i ? "" : "items:\n"}  - id: item-${i + 1}
    title: Do thing ${i + 1}
    phase: ${phase}
    level: required
    team: [platform]
    covers: [${["take-backups", "keep-halls"][i]}]
    why: It matters.
    steps: [{text: Do it.}]
    evidence: ${i ? "A note." : evidence}
    repeat: once
`).join(""),
});
const checklist = "acme/database/checklist.html";

let browser, dir, changedDir, server;
before(async () => {
  dir = build(workspace("A log."));
  changedDir = build(workspace("A signed log."));
  server = await serve(dir);
  browser = await launch();
});
after(async () => { await browser?.close(); server?.close(); clean(); });

const box = (page, id) => page.locator(`[id="tick-${id}"]`);
const record = (page, id) => page.locator(`[id="${id}"] .record`);
const notice = (page) => page.locator(".notice");
const progress = (page, heading) => page.locator(`section:has(> #${heading}) > .progress`);

async function start(options = {}, prepare, base = server.url) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  if (prepare) await context.addInitScript(prepare);
  return { context, page: await open(context, base + checklist) };
}

async function downloaded(page, name = "Download") {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).first().click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8"), path: await file.path() };
}

async function loadFile(page, text) {
  await page.locator("input[type=file]").setInputFiles({ name: "state.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });
  await page.waitForFunction(() => document.querySelector(".notice").textContent !== "");
}

async function fillItem(page) {
  await box(page, "item-1").check();
  await page.getByRole("button", { name: "Details of item-1" }).click();
  await page.locator("#by-item-1").fill("Anna");
  await page.locator("#on-item-1").fill("2026-02-03");
  await page.locator("#evidence-item-1").fill("https://example.com/log");
  await page.locator("#note-item-1").fill("First\nsecond: #2");
  await page.getByRole("button", { name: "Details of item-2" }).click();
  await page.locator("#na-item-2").check();
  await page.locator("#reason-item-2").fill("No halls");
  await page.locator("#reason-item-2").press("Tab");
}

async function holdsAll(page) {
  assert.equal(await box(page, "item-1").isChecked(), true);
  assert.equal(await record(page, "item-1").textContent(), "Done by Anna, 2026-02-03. Evidence: https://example.com/logFirst\nsecond: #2");
  assert.match(await record(page, "item-2").textContent(), /^Not applicable: No halls/);
  assert.equal(await progress(page, "before-production").textContent(), " 1 of 2 done, 1 not applicable");
  assert.equal(await progress(page, "set-up").textContent(), " 1 of 1 done");
}

for (const from of ["a server", "the file system"]) {
  test(`ticks survive a reload from ${from}; a file carries them to another browser`, async () => {
    const base = from === "a server" ? server.url : fileURL(dir);
    const first = await start({}, null, base);
    await fillItem(first.page);
    await holdsAll(first.page);
    await first.page.reload();
    await holdsAll(first.page);
    const file = await downloaded(first.page);
    assert.equal(file.name, "acme-database-production.checklist.yaml");
    assert.match(file.text, /^# .*\ndemarc-checklist: 1\nworkspace: "Test site"\nmodel: "acme\/database"\nenvironment: "production"\nitems:\n  - item: "item-1"\n    state: done\n    by: "Anna"\n    on: "2026-02-03"\n    evidence: "https:\/\/example\.com\/log"\n    note: "First\\nsecond: #2"\n    digest: "[0-9a-f]{12}"\n  - item: "item-2"\n    state: not-applicable\n/);
    assert.deepEqual(first.page.problems, []);
    await first.context.close();

    const second = await start({}, null, base);
    assert.equal(await box(second.page, "item-1").isChecked(), false);
    await loadFile(second.page, file.text);
    await holdsAll(second.page);
    await second.page.reload();
    await holdsAll(second.page);
    assert.equal((await downloaded(second.page)).text, file.text);
    assert.deepEqual(second.page.problems, []);
    await second.context.close();
  });
}

test("environments are apart", async () => {
  const { context, page } = await start();
  await box(page, "item-1").check();
  await page.selectOption("#environment", "staging");
  assert.equal(await box(page, "item-1").isChecked(), false);
  await box(page, "item-2").check();
  await page.getByText("Add environment").click();
  await page.fill("#new-environment", "edge : 3");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("li[data-state=done]").count(), 0);
  await page.reload();
  assert.equal(await page.locator("#environment").inputValue(), "edge : 3");
  await page.selectOption("#environment", "production");
  assert.equal(await box(page, "item-1").isChecked(), true);
  assert.equal(await box(page, "item-2").isChecked(), false);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).sort().join(" ")), "demarc:Test%20site::environment demarc:Test%20site::environments demarc:Test%20site:acme%2Fdatabase:production demarc:Test%20site:acme%2Fdatabase:staging");
  await context.close();
});

test("an item that changed since it was ticked says so, until somebody looked", async () => {
  const dir2 = path.join(temporary(), "site"); // the same address, with other content
  cpSync(dir, dir2, { recursive: true });
  const moving = await serve(dir2);
  const { context, page } = await start({}, null, moving.url);
  await box(page, "item-1").check();
  await box(page, "item-2").check();
  assert.equal(await page.locator(".changed:visible").count(), 0);
  cpSync(changedDir, dir2, { recursive: true, force: true });
  await page.reload();
  assert.equal(await page.locator(".changed:visible").count(), 1);
  assert.match(await page.locator("[id=item-1] .changed").textContent(), /^Changed since it was ticked/);
  assert.equal(await box(page, "item-1").isChecked(), true);
  assert.match(await progress(page, "before-production").textContent(), /2 of 2 done, 1 changed since/);
  await page.getByRole("button", { name: "Still holds: item-1" }).click();
  await page.reload();
  assert.equal(await page.locator(".changed:visible").count(), 0);
  await context.close();
  moving.close();
});

test("a file that is damaged or of another model changes nothing", async () => {
  const { context, page } = await start();
  await fillItem(page);
  const { text } = await downloaded(page);
  for (const [bad, message] of [
    [text.slice(0, text.length / 2), /state\.yaml could not be loaded: .*Nothing was changed\./],
    ["\u0000\u0001binary", /could not be loaded: line 1/],
    [text.replace("acme/database", "acme/queue"), /it is for the model acme\/queue, and this page is for acme\/database/],
    [text.replace("state: done", "state: perhaps"), /line \d+: item item-1: state has to be/],
  ]) {
    await page.locator("input[type=file]").setInputFiles({ name: "state.yaml", mimeType: "text/yaml", buffer: Buffer.from(bad) });
    await page.waitForFunction((source) => new RegExp(source).test(document.querySelector(".notice").textContent), message.source);
    await holdsAll(page);
    await page.reload();
    await holdsAll(page);
  }
  await context.close();
});

test("a file is laid over what is there, can be taken back, and keeps what the page does not know", async () => {
  const { context, page } = await start();
  await box(page, "item-2").check();
  const before = (await downloaded(page)).text;
  await loadFile(page, 'demarc-checklist: 1\nworkspace: "Elsewhere"\nmodel: acme/database\nenvironment: production\nitems:\n  - item: item-1\n    state: done\n  - item: gone\n    state: done\n    by: Bob\n');
  assert.match(await notice(page).textContent(), /^Loaded 2 items into production\. Not in this checklist, but kept: gone\. The file was written for the site .Elsewhere/);
  assert.equal(await page.locator("li[data-state=done]").count(), 2);
  await page.reload();
  assert.match((await downloaded(page)).text, /item: "gone"\n {4}state: done\n {4}by: "Bob"/);
  await loadFile(page, before.replace('environment: "production"', 'environment: "staging"'));
  assert.equal(await page.locator("#environment").inputValue(), "staging");
  await notice(page).getByRole("button", { name: "Undo" }).click();
  assert.equal(await page.locator("li[data-state=done]").count(), 0);
  await context.close();
});

const refused = (name, message) => `
  const refuse = () => { throw new DOMException("${message}", "${name}"); };
  ${name === "SecurityError" ? `Object.defineProperty(window, "localStorage", { get: refuse });` : "Storage.prototype.setItem = refuse;"}`;

for (const [name, message, words] of [["SecurityError", "denied", /does not let the page store anything/], ["QuotaExceededError", "full", /storage of this browser is full/]]) {
  test(`storage that fails with ${name} is said, and the file still has everything`, async () => {
    const { context, page } = await start({}, refused(name, message));
    await box(page, "item-1").check();
    await page.selectOption("#environment", "staging");
    await box(page, "item-2").check();
    assert.match(await notice(page).textContent(), words);
    assert.equal(await notice(page).isVisible(), true);
    await page.selectOption("#environment", "production");
    assert.equal(await box(page, "item-1").isChecked(), true);
    assert.equal(await box(page, "item-2").isChecked(), false);
    assert.match((await downloaded(page)).text, /item: "item-1"\n {4}state: done/);
    assert.deepEqual(page.problems, []);
    await context.close();
  });
}

test("a stored state that cannot be read is set aside, not overwritten", async () => {
  const { context, page } = await start();
  await page.evaluate(() => localStorage.setItem("demarc:Test%20site:acme%2Fdatabase:production", "mangled"));
  await page.reload();
  assert.match(await notice(page).textContent(), /cannot be read .* set aside/);
  assert.equal((await downloaded(page, "Download what was set aside")).text, "mangled");
  await box(page, "item-1").check();
  assert.equal(await page.evaluate(() => localStorage.getItem("demarc:Test%20site:acme%2Fdatabase:production:damaged")), "mangled");
  await context.close();
});

test("two tabs do not undo each other's ticks", async () => {
  const { context, page } = await start();
  const other = await open(context, server.url + checklist);
  await box(page, "item-1").check();
  await other.waitForFunction(() => document.getElementById("tick-item-1").checked);
  await box(other, "item-2").check();
  await page.waitForFunction(() => document.getElementById("tick-item-2").checked);
  await page.reload();
  assert.equal(await page.locator("li[data-state=done]").count(), 2);
  await context.close();
});

test("the whole of a checklist can be worked on with the keyboard", async () => {
  const { context, page } = await start();
  const until = async (selector) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
    }
    assert.fail(`the keyboard does not reach ${selector}`);
  };
  await until("#tick-item-1");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  await page.keyboard.press("Space");
  await until("#item-1 button.details");
  await page.keyboard.press("Enter");
  await until("#by-item-1");
  await page.keyboard.type("Kim");
  await until("#evidence-item-1");
  await page.keyboard.type("ticket 7");
  await until("#tick-item-2");
  assert.match(await record(page, "item-1").textContent(), /^Done by Kim, \d{4}-\d\d-\d\d\. Evidence: ticket 7$/);
  await until("#item-2 button.details");
  await page.keyboard.press("Space");
  await until("#na-item-2");
  await page.keyboard.press("Space");
  assert.equal(await page.evaluate(() => document.activeElement.id), "reason-item-2");
  await page.keyboard.type("None here");
  await page.keyboard.press("Tab");
  assert.match(await record(page, "item-2").textContent(), /^Not applicable: None here/);
  assert.deepEqual(page.problems, []);
  await context.close();
});

test("what is left narrows as things get done", async () => {
  const { context, page } = await start();
  await page.getByRole("button", { name: "What is left" }).click();
  assert.match(page.url(), /\?state=open$/);
  await box(page, "item-1").focus();
  await page.keyboard.press("Space");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tick-item-1", "the focus stays");
  await page.locator("h1").click();
  assert.equal(await page.locator("li[data-digest]:visible").count(), 1);
  await page.reload();
  assert.equal(await page.locator("li[data-digest]:visible").getAttribute("id"), "item-2");
  await context.close();
});

test("pages lead to the file behind them, and say when it was reviewed", async () => {
  const { context, page } = await start();
  assert.equal(await page.getByRole("link", { name: "edit its data" }).getAttribute("href"), "https://github.com/acme/models/edit/main/shared/content/acme/database/checklist.yaml");
  assert.equal(await page.locator("footer time").getAttribute("datetime"), "2026-01-15");
  await context.close();
});
