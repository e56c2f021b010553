// report_browser.mjs PAGE.html EXPORT.csv PICTURES PROFILE
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page_path, csv_path, pictures, profile] = process.argv.slice(2);
const page_url = pathToFileURL(page_path).href;
const flags = [
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const views = [
	{ name: "light", colorScheme: "light", width: 1180 },
	{ name: "dark", colorScheme: "dark", width: 1180 },
	{ name: "narrow", colorScheme: "light", width: 400 },
];

// Everything the page complains of or asks for.
function watch(page) {
	const seen = { complaints: [], requests: [] };

	page.on("console", (message) => {
		if (["error", "warning"].includes(message.type()))
			seen.complaints.push(message.text());
	});
	page.on("pageerror", (error) => seen.complaints.push(String(error)));
	page.on("request", (request) => seen.requests.push(request.url()));
	return seen;
}

async function open(page) {
	await page.addInitScript(() => {
		window.violations = [];
		document.addEventListener("securitypolicyviolation", (event) => {
			window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
		});
	});
	await page.goto(page_url);
	await page.waitForFunction(() => document.documentElement.dataset.drawn === "yes");
}

async function checkCharts(page) {
	const charts = await page.$$eval(".chart", (places) => places.map((place) => ({
		id: place.id,
		name: place.getAttribute("role"),
		labels: place.getAttribute("aria-labelledby").split(" ")
			.map((id) => document.getElementById(id).textContent.trim()),
		svgs: place.querySelectorAll("svg").length,
		symbols: place.querySelectorAll("svg .mark-symbol[class*=layer_1] path").length,
		width: place.querySelector("svg")?.getBoundingClientRect().width,
		room: place.clientWidth,
	})));

	assert.equal(charts.length, 2);
	for (const chart of charts) {
		assert.equal(chart.name, "img");
		assert.ok(chart.labels.every((label) => label.length > 0), `${chart.id}: no words`);
		assert.equal(chart.svgs, 1, `${chart.id}: no drawing`);
		assert.ok(chart.width <= chart.room, `${chart.id}: ${chart.width} in ${chart.room}`);
	}
	// 5 years x 2 sexes; 5 ages x 2 sexes less the 2 suppressed cells.
	assert.deepEqual(charts.map((chart) => chart.symbols), [10, 8]);
}

const column = (page, n) => page.$$eval('table[data-id="by_age"] tbody tr',
	(rows, index) => rows.map((row) => row.cells[index].textContent), n);

async function checkSorting(page) {
	const head = page.locator('table[data-id="by_age"] thead th').nth(4);
	const events = [14, 17, 50, 58, 88, 121, 196, 241].map(String);
	const before = await column(page, 4);

	await head.locator("button").focus();
	await page.keyboard.press("Enter");
	assert.equal(await head.getAttribute("aria-sort"), "ascending");
	assert.deepEqual(await column(page, 4), [...events, "<5", "<5"]);
	await page.keyboard.press("Enter");
	assert.equal(await head.getAttribute("aria-sort"), "descending");
	assert.deepEqual(await column(page, 4), [...[...events].reverse(), "<5", "<5"]);
	await page.keyboard.press("Enter");
	assert.deepEqual(await column(page, 4), before);
}

async function checkExport(page) {
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.locator('section:has(table[data-id="by_year"]) a[download]').click(),
	]);

	assert.equal(download.suggestedFilename(), "by_year.csv");
	assert.equal(readFileSync(await download.path(), "utf8"), readFileSync(csv_path, "utf8"));
}

async function checkTooltip(page) {
	await page.locator("#chart_ages .mark-symbol[class*=layer_1] path").first().hover();
	const words = await page.locator("#vg-tooltip-element").innerText();

	assert.match(words, /Age\s+20 to 39\s+Sex\s+women\s+Rate\s+119\.8/);
	assert.ok(await page.locator("#vg-tooltip-element").isVisible());
}

async function checkLayout(page) {
	const overflow = await page.evaluate(() =>
		document.documentElement.scrollWidth - document.documentElement.clientWidth);

	assert.ok(overflow <= 0, `the page is ${overflow} pixels wider than the window`);
}

async function look(browser, view) {
	const context = await browser.newContext({
		colorScheme: view.colorScheme, viewport: { width: view.width, height: 900 },
	});
	const page = await context.newPage();
	const seen = watch(page);

	await open(page);
	await checkCharts(page);
	await checkLayout(page);
	await page.screenshot({ path: `${pictures}/report-${view.name}.png`, fullPage: true });
	await checkTooltip(page);
	await checkSorting(page);
	await checkExport(page);
	await page.emulateMedia({ media: "print", colorScheme: view.colorScheme });
	await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
	assert.equal(await page.locator("details:not([open])").count(), 0);
	assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
		"rgb(255, 255, 255)");
	await page.screenshot({ path: `${pictures}/report-${view.name}-print.png`, fullPage: true });
	assert.deepEqual(await page.evaluate(() => window.violations), []);
	assert.deepEqual(seen.complaints, []);
	assert.deepEqual(seen.requests.filter((url) => url !== page_url &&
		!url.startsWith("data:") && !url.startsWith("blob:")), []);
	await context.close();
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: flags,
});
try {
	for (const view of views)
		await look(browser, view);
} finally {
	await browser.close();
}
console.log(`report_browser: ${views.map((view) => view.name).join(", ")}: passed`);
