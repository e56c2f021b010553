// snds_dictionary_browser.mjs PAGE.html PICTURES: the search box and the diagram in a browser.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page_path, pictures] = process.argv.slice(2);
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});

const visible = (page, table) => page.$$eval(`table[data-id="${table}"] tbody tr`,
	(rows) => rows.filter((row) => row.checkVisibility()).length);

async function search(page, words) {
	await page.fill("#search input", words);
	await page.waitForTimeout(400);
	return page.textContent("#search output");
}

for (const width of [1180, 400]) {
	const page = await browser.newPage({ viewport: { width, height: 900 } });
	const complaints = [], requests = [];

	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("request", (request) => requests.push(request.url()));
	await page.goto(pathToFileURL(page_path).href);
	const tables = await visible(page, "tables");

	assert.ok(tables > 60);
	assert.equal(await page.$$eval(".drawing rect.box", (boxes) => boxes.length), tables);
	await page.screenshot({ path: `${pictures}/dictionary-${width}.png`, fullPage: width > 400 });
	// Folded tables open where something is found; accents and capitals make no difference.
	assert.equal(await search(page, "IMB_ALD exoneration DEBUT"), "1 row");
	assert.equal(await visible(page, "columns"), 1);
	assert.equal(await visible(page, "tables"), 0);
	assert.equal(await page.isVisible(".drawing"), false);
	assert.equal(await search(page, "no such word"), "0 rows");
	assert.equal(await search(page, ""), "");
	assert.equal(await visible(page, "tables"), tables);
	assert.equal(await visible(page, "columns"), 0);
	assert.equal(await page.isVisible(".drawing"), true);
	const overflow = await page.evaluate(() =>
		document.documentElement.scrollWidth - document.documentElement.clientWidth);

	assert.ok(overflow <= 0, `${overflow} pixels too wide at ${width}`);
	assert.deepEqual(complaints, []);
	assert.deepEqual(requests.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")), []);
	await page.close();
}
await browser.close();
