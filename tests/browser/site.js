// What the browser tests stand on: a built site, a server for it, and a browser.
//
// The site is built by the binary that DEMARC names, or by go run. It is served
// below a path, because sites often are; tests also open it from the file
// system.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const folders = [];

export function temporary() {
  const dir = mkdtempSync(path.join(tmpdir(), "demarc-browser-"));
  folders.push(dir);
  return dir;
}

let binary = process.env.DEMARC && path.resolve(process.env.DEMARC);

// build builds the site of a workspace given as files by name; of the built-in
// models if there are none. It returns the folder of the site.
export function build(files = {}, out = path.join(temporary(), "public")) {
  if (!binary) {
    binary = path.join(temporary(), process.platform === "win32" ? "demarc.exe" : "demarc");
    execFileSync("go", ["build", "-o", binary, "./cmd/demarc"], { cwd: repository, stdio: "inherit" });
  }
  const workspace = temporary();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    writeFileSync(path.join(workspace, name), text);
  }
  execFileSync(binary, ["build", "--out", out], { cwd: workspace, stdio: "pipe" });
  return out;
}

// pages lists the pages of a site, relative to it.
export function pages(dir) {
  return readdirSync(dir, { recursive: true }).map((name) => String(name).split(path.sep).join("/")).filter((name) => name.endsWith(".html")).sort();
}

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".md": "text/markdown; charset=utf-8" };

// serve serves a site on this machine only and returns {url, close}.
export async function serve(dir) {
  const base = "/some/where/";
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    try {
      if (!name.startsWith(base)) throw new Error("outside");
      const file = path.join(dir, path.normalize(name.slice(base.length)));
      const data = readFileSync(statSync(file).isDirectory() ? path.join(file, "index.html") : file);
      response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" }).end(data);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}${base}`, close: () => server.close() };
}

export const fileURL = (dir) => pathToFileURL(dir).href + "/";

export function launch() {
  return chromium.launch({
    executablePath: process.env.BROWSER_PATH || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"],
  });
}

// open opens a page in a context and collects what must not happen: messages on
// the console, errors, and requests to anywhere else.
export async function open(context, url) {
  const page = await context.newPage();
  page.problems = [];
  page.on("console", (message) => { if (message.type() !== "debug") page.problems.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => page.problems.push(`error: ${error.message}`));
  // An icon may still be on its way when the test goes on to the next page.
  page.on("requestfailed", (request) => { if (request.failure().errorText !== "net::ERR_ABORTED") page.problems.push(`failed: ${request.url()}`); });
  const origin = url.startsWith("file:") ? "file:" : new URL(url).origin;
  page.on("request", (request) => { if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) page.problems.push(`outside: ${request.url()}`); });
  await page.goto(url);
  return page;
}

export function clean() {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
}
