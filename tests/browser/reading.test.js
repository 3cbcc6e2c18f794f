// Finding and reading: search, filters, copying, theme, paper, and all of it
// without scripts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, clean, fileURL, launch, open, serve } from "./site.js";

const model = "ovhcloud/managed-kubernetes/";
let browser, dir, server;
before(async () => { dir = build(); server = await serve(dir); browser = await launch(); });
after(async () => { await browser?.close(); server?.close(); clean(); });

async function visit(name, options = {}, base = server.url) {
  const context = await browser.newContext(options);
  const page = await open(context, base + name);
  return { context, page, done: async () => { assert.deepEqual(page.problems, []); await context.close(); } };
}

for (const from of ["a path of a server", "the file system"]) {
  test(`search by keyboard from ${from}`, async () => {
    const base = from === "the file system" ? fileURL(dir) : server.url;
    const { page, done } = await visit(model + "raci.html", {}, base);
    await page.keyboard.press("/");
    await page.keyboard.type("restore-test");
    const results = page.locator(".results a");
    await results.first().waitFor();
    assert.match(await results.first().textContent(), /^Item .*OVHcloud Managed Kubernetes Service, checklist/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement.closest("li") === document.querySelector(".results li")), true);
    await page.keyboard.press("Enter");
    await page.waitForURL(/checklist\.html#restore-test$/);
    assert.equal(await page.locator("#restore-test").isVisible(), true);
    await done();
  });
}

test("search finds activities, steps, topics and other models, and says when there is nothing", async () => {
  const { page, done } = await visit("index.html");
  await page.keyboard.press("Control+k");
  const field = page.locator("#search-field");
  for (const [query, kind, href] of [
    ["disposable nodes", "Activity", /raci\.html#/], ["velero backup describe", "Step", /runbook\.html#[a-z0-9-]+\.\d+$/],
    ["scaleway kubernetes", "Item|Activity", /scaleway\//], ["encryption", "Topic|Activity|Item", /./],
  ]) {
    await field.fill(query);
    await page.waitForFunction(() => /found|best/i.test(document.querySelector(".search .count").textContent) && !/loading/i.test(document.querySelector(".search .count").textContent));
    const first = page.locator(".results a").first();
    assert.match(await first.textContent(), new RegExp(`^(${kind}) `), query);
    assert.match(await first.getAttribute("href"), href, query);
  }
  assert.equal(await page.locator(".results .what", { hasText: "Topic" }).count() > 0, true);
  await field.fill("zzzzqq");
  assert.equal(await page.locator(".search .count").textContent(), "Nothing found.");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog.search").isVisible(), false);
  await done();
});

test("every result leads to something", async () => {
  const { page, done } = await visit("index.html");
  await page.click(".search-button");
  await page.fill("#search-field", "k");
  await page.locator(".results a").first().waitFor();
  await page.fill("#search-field", "kub");
  const links = await page.locator(".results a").evaluateAll((all) => all.map((a) => a.href));
  assert.ok(links.length >= 20);
  for (const link of links) {
    await page.goto(link);
    const id = decodeURIComponent(new URL(link).hash.slice(1));
    assert.ok(await page.evaluate((id) => document.getElementById(id) !== null, id), link);
  }
  await done();
});

test("filters: the URL holds them, mine is one click, nothing says so", async () => {
  const { page, done } = await visit(model + "raci.html");
  const rows = page.locator("main tr[data-action]:visible");
  const total = await rows.count();
  await page.getByRole("button", { name: "Mine" }).click();
  const mine = await rows.count();
  assert.ok(mine > 0 && mine < total);
  assert.match(page.url(), /\?action=do$/);
  assert.equal(await page.locator(".filters .count").textContent(), `${mine} of ${total} activities`);
  await page.locator(".filters summary").click();
  await page.selectOption("#filter-party", "ovhcloud");
  await page.selectOption("#filter-letter", "R");
  const url = page.url();
  const narrowed = await rows.count();
  for (const roles of await rows.evaluateAll((all) => all.map((r) => r.dataset.roles))) assert.match(roles, /ovhcloud:[ACI]*R/);
  await page.goto("about:blank");
  await page.goto(url);
  assert.equal(await rows.count(), narrowed);
  await page.selectOption("#filter-letter", "C");
  await page.selectOption("#filter-phase", "exit");
  assert.equal(await rows.count(), 0);
  assert.equal(await page.locator(".filters .count").textContent(), "Nothing matches.");
  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal(await rows.count(), total);
  assert.doesNotMatch(page.url(), /\?/);
  await done();
});

test("filters work from the file system, and a link to a hidden row shows it", async () => {
  const { page, done } = await visit(model + "checklist.html?team=security", {}, fileURL(dir));
  const rows = page.locator("main li[data-action]:visible");
  for (const team of await rows.evaluateAll((all) => all.map((r) => r.dataset.team))) assert.match(team, /security/);
  const hidden = await page.locator("main li[data-action][hidden]").first().getAttribute("id");
  await page.evaluate((id) => { location.hash = id; }, hidden);
  await page.locator(`[id="${hidden}"]`).waitFor({ state: "visible" });
  await done();
});

test("links and commands are copied", async () => {
  const { context, page, done } = await visit(model + "runbook.html?x=1");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.locator("section.entry li > button.link").first().click();
  await page.locator(".status", { hasText: "Link to" }).waitFor();
  assert.match(await clipboard(), /runbook\.html#[a-z0-9-]+\.1$/);
  const pre = page.locator(".code", { has: page.locator(".placeholder") }).first();
  await pre.getByRole("button", { name: "Copy" }).click();
  await page.locator(".status", { hasText: /^Copied/ }).waitFor();
  assert.match(await page.locator(".status").textContent(), /^Copied\. Still to be filled in: <[a-z-]+>/);
  assert.equal(await clipboard(), (await pre.locator("pre").textContent()).replace(/\n$/, ""));
  for (const [file, entry] of [["raci", "tr[data-action]"], ["checklist", "li[data-digest]"], ["runbook", "section.entry"]]) {
    await page.goto(server.url + model + file + ".html");
    const entries = page.locator(entry);
    assert.equal(await page.locator(`${entry} button.link[aria-label]`).count() >= await entries.count(), true, file);
  }
  await done();
});

test("the theme is kept, and no script is needed for the system's", async () => {
  const { page, done } = await visit("index.html", { colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Theme: system" }).click();
  await page.getByRole("button", { name: "Theme: light" }).click();
  await page.getByRole("button", { name: "Theme: dark" }).waitFor();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await ground(), dark);
  await page.emulateMedia({ media: "print" });
  assert.equal(await ground(), light);
  await done();
});

test("the head of a table stays in sight", async () => {
  const { page, done } = await visit(model + "traceability.html");
  await page.locator("main .table.fits").first().waitFor();
  const top = await page.evaluate(async () => {
    const table = document.querySelector("#activities-to-items").parentElement.querySelector("table");
    scrollTo(0, table.getBoundingClientRect().top + scrollY + table.offsetHeight / 2);
    await new Promise(requestAnimationFrame);
    return table.querySelector("th").getBoundingClientRect().top;
  });
  assert.ok(Math.abs(top) < 2, `${top}`);
  await done();
});

test("without scripts everything essential is there, and nothing dead", async () => {
  const { page, done } = await visit(model + "checklist.html", { javaScriptEnabled: false });
  assert.equal(await page.getByRole("button").count(), 0);
  await page.locator("li[data-digest] label").first().click();
  assert.equal(await page.locator("li[data-digest] > input").first().isChecked(), true);
  await page.locator("li[data-digest] > a").first().click();
  assert.match(page.url(), /runbook\.html#/);
  assert.equal(await page.locator(":target").isVisible(), true);
  await page.locator("nav.turn a[rel=next]").click();
  assert.match(page.url(), /traceability\.html$/);
  await done();
});

test("print hides navigation and what scripts add", async () => {
  const { page, done } = await visit(model + "checklist.html");
  await page.locator("li[data-digest] > input").first().check();
  await page.emulateMedia({ media: "print" });
  for (const gone of ["header.site", ".tabs", ".contents", "button", "select", "nav"]) assert.equal(await page.locator(`${gone}:visible`).count(), 0, gone);
  assert.equal(await page.locator("li[data-digest] > input").first().isChecked(), true);
  assert.match(await page.locator("li[data-digest] .record").first().textContent(), /^Done/);
  assert.equal(await page.getByText("Environment: production").isVisible(), true);
  await done();
});

test("the chart is a table of numbers and draws them", async () => {
  const { page, done } = await visit(model + "index.html");
  const rows = await page.locator("table.split tbody tr").evaluateAll((all) => all.map((tr) => ({
    numbers: Array.from(tr.querySelectorAll("td"), (td) => Number(td.textContent)),
    widths: ["yours", "shared", "others"].map((part) => Number(tr.querySelector(`.bar-${part}`)?.getAttribute("width") ?? 0)),
  })));
  assert.ok(rows.length > 5);
  const most = Math.max(...rows.map((r) => r.numbers.reduce((a, b) => a + b)));
  for (const row of rows) row.numbers.forEach((n, i) => assert.ok(Math.abs(row.widths[i] - (160 * n) / most) <= 1.01, JSON.stringify(row)));
  await done();
});
