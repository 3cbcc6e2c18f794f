// Pages made to be embedded: the frame around one is as high as what it shows,
// from the file system, too, and a message from elsewhere does nothing.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { clean, fileURL, launch, open, serve, temporary } from "./site.js";

let browser, dir, server;
before(async () => {
  dir = path.join(temporary(), "html");
  const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
  const [program, ...first] = process.env.DEMARC ? [path.resolve(process.env.DEMARC)] : ["go", "run", "./cmd/demarc"];
  execFileSync(program, [...first, "wiki", "html", "--embed", "--out", dir], { cwd: repository, stdio: "pipe" });
  server = await serve(dir);
  browser = await launch();
});
after(async () => { await browser?.close(); server?.close(); clean(); });

// example opens the example from one place and hands it to a test, with the
// frame's element and what is in it.
async function example(base, run) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  const page = await open(context, base + "embed-example.html");
  const element = page.locator("iframe[data-demarc]");
  const frame = await (await element.elementHandle()).contentFrame();
  await frame.waitForLoadState();
  await fits(frame);
  await run({ page, frame, height: () => element.evaluate((e) => e.clientHeight) });
  assert.deepEqual(page.problems, []);
  await context.close();
}

// fits waits until the frame is exactly as high as its content.
const fits = (frame) => frame.waitForFunction(() => Math.abs(window.innerHeight - document.body.getBoundingClientRect().height) <= 1);

for (const where of ["file", "http"]) {
  const base = () => (where === "file" ? fileURL(dir) : server.url);

  test(`${where}: the frame grows and shrinks with its content`, async () => {
    await example(base(), async ({ page, frame, height }) => {
      const first = await height();
      assert.ok(first > 2000, `${first} px for a checklist`);
      assert.equal(await frame.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight), true);
      await frame.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<div id="more" style="height: 500px"></div>'));
      await page.waitForFunction((h) => document.querySelector("iframe").clientHeight === h, first + 500);
      await frame.evaluate(() => document.getElementById("more").remove());
      await page.waitForFunction((h) => document.querySelector("iframe").clientHeight === h, first);
      await page.setViewportSize({ width: 500, height: 700 });
      await page.waitForFunction((h) => document.querySelector("iframe").clientHeight > h, first);
      await fits(frame);
    });
  });

  test(`${where}: links lead on within the frame, and the page follows`, async () => {
    await example(base(), async ({ page, frame }) => {
      await frame.locator("a[href*='runbook.embed.html#']").nth(5).click();
      await frame.waitForURL(/runbook\.embed\.html#demarc-/);
      await fits(frame);
      await frame.locator("a[href='#demarc-who-to-contact']").last().click();
      await page.waitForFunction(() => {
        const { top } = document.querySelector("iframe").getBoundingClientRect();
        return top > -1000 && top < 100;
      });
    });
  });

  test(`${where}: only the frame sets its height, within limits`, async () => {
    await example(base(), async ({ page, frame, height }) => {
      const first = await height();
      await page.evaluate(() => {
        const other = document.createElement("iframe");
        document.body.append(other);
        window.postMessage({ demarc: "embed", height: 77 }, "*");
        other.contentWindow.eval('parent.postMessage({ demarc: "embed", height: 77 }, "*")');
      });
      for (const bad of ["77", null, Infinity, undefined]) await frame.evaluate((height) => parent.postMessage({ demarc: "embed", height }, "*"), bad);
      await frame.evaluate(() => parent.postMessage({ demarc: "other", height: 77 }, "*"));
      await page.waitForTimeout(200);
      assert.equal(await height(), first);
      await frame.evaluate(() => parent.postMessage({ demarc: "embed", height: 1e9 }, "*"));
      await page.waitForFunction(() => document.querySelector("iframe").style.height === "200000px");
      await frame.evaluate(() => parent.postMessage({ demarc: "embed", height: -5 }, "*"));
      await page.waitForFunction(() => document.querySelector("iframe").style.height === "50px");
    });
  });
}

test("what is embedded works by itself, without scripts", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await open(context, fileURL(dir) + "ovhcloud/managed-kubernetes/checklist.embed.html");
  assert.equal(await page.locator("li[id^=demarc-]").count() > 30, true);
  assert.deepEqual(page.problems, []);
  await context.close();
});
