// link_review_browser.mjs PAGE.html LABELS.csv PICTURES
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page_path, labels_path, pictures] = process.argv.slice(2);
const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
	"--disable-background-networking", "--disable-component-update"];
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags,
});
const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
const complaints = [];
const requests = [];

async function open() {
	const page = await context.newPage();

	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("request", (request) => requests.push(request.url()));
	page.on("dialog", (dialog) => dialog.accept());
	await page.goto(pathToFileURL(page_path).href);
	await page.waitForFunction(() => document.documentElement.dataset.drawn === "yes");
	return page;
}

const where = (page) => page.textContent("#where");
let page = await open();

assert.match(await page.textContent("body > :first-child"), /identities of persons.*secure space/s);
assert.equal(await where(page), "pair 1 of 30");
await page.keyboard.press("y");
await page.keyboard.press("n");
await page.keyboard.press("?");
assert.equal(await where(page), "pair 4 of 30");
await page.keyboard.press("ArrowLeft");
assert.equal(await page.getAttribute("[data-answer='3']", "aria-pressed"), "true");
await page.screenshot({ path: `${pictures}/link_review.png` });
await page.keyboard.press("ArrowRight");
await page.screenshot({ path: `${pictures}/link_review_pair.png` });

// Another tab of the file goes on where this one stopped; what is kept has no name.
page = await open();
assert.equal(await where(page), "pair 4 of 30");
const kept = await page.evaluate(() => Object.values(localStorage).join(" "));
assert.match(kept, /^[0-3]{30}$/);

// All answered, with one that is answered again.
for (let i = 4; i <= 30; i++)
	await page.keyboard.press(i % 2 ? "y" : "n");
assert.equal(await page.isVisible("#finished"), true);
const waiting = page.waitForEvent("download");
await page.click("#save");
await (await waiting).saveAs(labels_path);
const lines = readFileSync(labels_path, "utf8").trimEnd().split("\n");
assert.equal(lines.length, 31);
assert.equal(lines[0], "source_l,id_l,source_r,id_r,clerical_match_score,stands_for,draw");
assert.equal(await page.textContent("#unsaved"), "");

// Forgotten, then loaded from the file.
await page.click("#forget");
assert.match(await page.textContent("#done"), /^0 /);
await page.setInputFiles("#load", labels_path);
await page.waitForFunction(() => document.getElementById("loaded").textContent !== "");
assert.equal(await page.textContent("#loaded"), "30 answers loaded");
assert.match(await page.textContent("#done"), /^30 /);
await page.setInputFiles("#load", page_path);
await page.waitForFunction(() => /no labels/.test(document.getElementById("loaded").textContent));

// A name that looks like markup is text.
const names = await page.evaluate(() =>
	JSON.parse(document.getElementById("review-data").textContent).pairs.flatMap((p) => p.records));
assert.equal(await page.locator("#pair i, #pair b").count(), 0);
assert.ok(names.length === 120);

// Not for paper; narrow and dark windows.
await page.emulateMedia({ media: "print" });
assert.equal(await page.isVisible("#pair"), false);
await page.emulateMedia({ media: "screen", colorScheme: "dark" });
await page.setViewportSize({ width: 420, height: 900 });
assert.ok(await page.evaluate(() => document.body.scrollWidth <= innerWidth));
await page.screenshot({ path: `${pictures}/link_review_dark.png` });

assert.deepEqual(complaints, []);
assert.deepEqual(requests.filter((url) => !/^(file|blob|data):/.test(url)), []);
await browser.close();
