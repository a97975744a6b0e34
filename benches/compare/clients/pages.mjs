// Opens HTML reports in headless Chromium, light and dark: no error, no request, no script from what
// was listed, nothing that axe-core objects to; sorting and searching work by keyboard.
//
//     NODE_PATH=FOLDER CHROMIUM=/usr/bin/chromium node pages.mjs FILE...
//
// FOLDER is a node_modules with puppeteer-core and axe-core, installed outside of this repository.
// Files are absolute paths of pages of `token inventory` or `token watch`.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.NODE_PATH, "package.json"));
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const text = (tab, selector) => tab.$eval(selector, (node) => node.textContent);

/** Sorts by id, both ways, and searches for the last one. */
async function useKeys(tab) {
  await tab.focus("#heads th:nth-child(2) button");
  const first = [];
  for (let press = 0; press < 2; press += 1) {
    await tab.keyboard.press("Enter");
    first.push(Number(await text(tab, "#rows tr td:nth-child(2)")));
  }
  await tab.evaluate(() => document.activeElement.blur());
  await tab.keyboard.press("/");
  await tab.keyboard.type("no such credential");
  const left = (await tab.$$("#rows tr")).length;
  return first[0] <= first[1] && left === 0 ? [] : [`keys: ${first}, ${left} left`];
}

async function check(browser, file, scheme) {
  const tab = await browser.newPage();
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const wrong = [];
  tab.on("console", (message) => wrong.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  tab.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`));
  const url = `file://${file}`;
  tab.on("request", (request) => request.url() !== url && wrong.push(`request: ${request.url()}`));
  await tab.goto(url);
  const rows = (await tab.$$("#rows tr")).length;
  if (rows) wrong.push(...(await useKeys(tab)));
  // The page allows no script but its own; the debugger may.
  const session = await tab.createCDPSession();
  await session.send("Page.setBypassCSP", { enabled: true });
  await tab.reload();
  await tab.evaluate(axe);
  const found = await tab.evaluate(() => window.axe.run());
  wrong.push(...found.violations.map((rule) => `axe: ${rule.id}, ${rule.nodes[0].html}`));
  console.log(`${file} ${scheme}: ${rows} rows, ${found.passes.length} rules pass`);
  wrong.forEach((line) => console.log(`  ${line}`));
  await tab.close();
  return wrong.length;
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
let failures = 0;
for (const file of process.argv.slice(2)) {
  for (const scheme of ["light", "dark"]) failures += await check(browser, file, scheme);
}
await browser.close();
process.exit(failures ? 1 : 0);
