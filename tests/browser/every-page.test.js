// What holds on every page of the built-in site: no accessibility violation in
// light and dark, no sideways scrolling at 320 px, nothing on the console,
// nothing asked of anywhere else.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { build, clean, fileURL, launch, open, pages } from "./site.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, dir, names;
before(async () => { dir = build(); names = pages(dir); browser = await launch(); });
after(async () => { await browser?.close(); clean(); });

// each visits every page, in two tabs at a time.
async function each(options, visit) {
  assert.ok(names.length > 50, `${names.length} pages`);
  const context = await browser.newContext(options);
  const bad = [], waiting = [...names];
  await Promise.all([0, 1].map(async () => {
    const page = await open(context, fileURL(dir) + names[0]);
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      await page.goto(fileURL(dir) + name);
      const problem = await visit(page, name);
      if (problem) bad.push(`${name}: ${problem}`);
    }
    bad.push(...page.problems);
  }));
  await context.close();
  assert.deepEqual(bad, []);
}

// violations runs axe-core. What depends on colours alone is all that can differ
// in the dark.
async function violations(page) {
  const run = (options) => page.evaluate((options) => window.axe.run(document, { resultTypes: ["violations"], preload: false, ...options }), options);
  await page.emulateMedia({ colorScheme: "light" });
  await page.evaluate(axe);
  const light = await run({});
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await run({ runOnly: ["color-contrast", "link-in-text-block"] });
  return light.violations.concat(dark.violations).map((v) => `${v.id} at ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`).join("; ");
}

test("axe-core finds nothing in light and dark", async () => {
  await each({ bypassCSP: true }, violations);
});

test("axe-core finds nothing in what scripts open", async () => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await open(context, fileURL(dir) + "ovhcloud/managed-kubernetes/checklist.html");
  await page.locator("li[data-digest] > input").first().check();
  await page.locator("button.details").nth(1).click();
  await page.locator("[id^=na-]").first().check();
  await page.locator(".filters summary").click();
  await page.locator(".work summary").click();
  await page.locator("input[type=file]").setInputFiles({ name: "x.yaml", mimeType: "text/yaml", buffer: Buffer.from("x") });
  await page.locator(".notice", { hasText: "could not be loaded" }).waitFor();
  assert.equal(await violations(page), "");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("backup");
  await page.locator(".results a").first().waitFor();
  assert.equal(await violations(page), "");
  await context.close();
});

test("no page scrolls sideways at 320 px", async () => {
  await each({ viewport: { width: 320, height: 640 } }, (page) =>
    page.evaluate(() => (document.documentElement.scrollWidth > 320 ? `${document.documentElement.scrollWidth} px wide` : "")));
});

test("the content security policy is kept", async () => {
  await each({}, (page) => page.evaluate(() => (document.querySelector("[style],style,script:not([src])") ? "inline style or script" : "")));
});
