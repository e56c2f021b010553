// report_open.mjs PROFILE PICTURES PAGE.html...: each page draws all its charts, asks nothing of
// the network, and complains of nothing.
import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [profile, pictures, ...files] = process.argv.slice(2);
const context = await chromium.launchPersistentContext(profile, {
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	viewport: { width: 1180, height: 900 },
	args: [
		"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync",
	],
});

for (const file of files) {
	const page = await context.newPage();
	const complaints = [];
	const requests = [];

	page.on("console", (message) => {
		if (["error", "warning"].includes(message.type()))
			complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("request", (request) => requests.push(request.url()));
	await page.goto(pathToFileURL(file).href);
	await page.waitForFunction(() => document.documentElement.dataset.drawn === "yes");
	const charts = await page.$$eval(".chart", (places) =>
		places.map((place) => place.querySelectorAll("svg .mark-symbol path, svg .mark-rect path").length));

	assert.ok(charts.length > 0, `${file}: no chart`);
	assert.ok(charts.every((marks) => marks > 0), `${file}: an empty chart: ${charts}`);
	assert.deepEqual(complaints, []);
	assert.deepEqual(requests, [pathToFileURL(file).href]);
	await page.screenshot({
		path: path.join(pictures, `${path.basename(file, ".html")}.png`), fullPage: true,
	});
	console.log(`${path.basename(file)}: ${charts.length} charts, marks ${charts}`);
	await page.close();
}
await context.close();
