// snds_reports_browser.mjs FOLDER PICTURES: FOLDER has flat.html and cohort.html.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, pictures] = process.argv.slice(2);
const views = [
	{ name: "light", colorScheme: "light", width: 1100 },
	{ name: "dark", colorScheme: "dark", width: 1100 },
	{ name: "narrow", colorScheme: "light", width: 380 },
];

async function checkHoles(page) {
	const places = await page.$$eval(".chart", (all) => all.map((place) => ({
		id: place.id, room: place.clientHeight,
		drawn: place.querySelector("svg").getBoundingClientRect().height,
	})));

	assert.ok(places.length > 0);
	for (const { id, room, drawn } of places)
		assert.ok(room - drawn < 20, `${id}: ${drawn} of ${room} pixels are drawn`);
}

async function checkSeries(page) {
	const chart = page.locator(".chart").first();
	const colours = await chart.locator("svg .mark-line path").evaluateAll((paths) =>
		paths.map((path) => getComputedStyle(path).stroke));
	const legend = await chart.locator("svg").evaluate((svg) => {
		const edge = svg.getBoundingClientRect().right;

		return [...svg.querySelectorAll(".role-legend-label text")].map((text) =>
			edge - text.getBoundingClientRect().right);
	});

	assert.equal(colours.length, 7);
	assert.equal(new Set(colours).size, 7, `colours: ${colours}`);
	assert.equal(legend.length, 7);
	assert.ok(legend.every((rest) => rest >= 0), `the legend is cut off: ${legend}`);
}

async function checkCounts(page) {
	const [room, wide] = await page.$eval('table[data-id="removed"]', (table) =>
		[table.parentElement.clientWidth, table.offsetWidth]);

	assert.ok(wide <= room, `${wide} pixels in ${room}`);
}

/* The bar that is told in words is the longest. */
async function checkWords(page) {
	const words = await page.locator("figure", { hasText: "Rows removed by each filter" })
		.locator("figcaption").innerText();
	const rows = await page.$$eval('table[data-id="removed"] tbody tr', (all) =>
		all.map((row) => [row.cells[2].textContent, Number(row.cells[4].dataset.value ??
			row.cells[4].textContent)]));
	const sums = new Map();

	for (const [title, removed] of rows)
		sums.set(title, (sums.get(title) ?? 0) + removed);
	const [most, removed] = [...sums].sort((a, b) => b[1] - a[1])[0];
	assert.ok(words.includes(`the most, ${removed}, by '${most}'`), words);
}

async function look(browser, view) {
	const context = await browser.newContext({
		colorScheme: view.colorScheme, viewport: { width: view.width, height: 900 },
	});
	const page = await context.newPage();

	for (const name of ["flat", "cohort"]) {
		await page.goto(pathToFileURL(`${folder}/${name}.html`).href);
		await page.waitForFunction(() => document.documentElement.dataset.drawn === "yes");
		await page.screenshot({ path: `${pictures}/${name}-${view.name}.png`, fullPage: true });
		await checkHoles(page);
		await checkWords(page);
		if (name === "flat")
			await checkSeries(page);
		if (view.width > 1000)
			await checkCounts(page);
	}
	await context.close();
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"],
});
try {
	for (const view of views)
		await look(browser, view);
} finally {
	await browser.close();
}
console.log(`snds_reports_browser: ${views.map((view) => view.name).join(", ")}: passed`);
