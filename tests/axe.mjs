// axe.mjs BASE PICTURES PATH...: every page in a browser, held against WCAG 2.1 A and AA by
// axe-core, wide, narrow and in the dark: no violation, nothing wider than the window, no complaint
// of the browser, every place reached by the keyboard shows that it is. Pictures go to PICTURES,
// none where that is empty.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { fits, openBrowser } from "./portal_people.mjs";

const [base, pictures, ...paths] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const views = {
	wide: { width: 1180, colorScheme: "light" },
	narrow: { width: 400, colorScheme: "light" },
	dark: { width: 1180, colorScheme: "dark" },
};
const faults = [];

function tell(violation, where) {
	const nodes = violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");

	faults.push(`${where}: ${violation.id} (${violation.impact}): ${violation.help}: ${nodes}`);
}

// What has the focus after each Tab: until it comes round, or 300 places.
async function walkByKeyboard(page, where) {
	const seen = new Set();

	for (let i = 0; i < 300; i++) {
		await page.keyboard.press("Tab");
		const here = await page.evaluate(() => {
			const e = document.activeElement;

			if (!e || e === document.body)
				return null;
			const style = getComputedStyle(e);
			const all = [...document.querySelectorAll("*")];

			return { id: all.indexOf(e), name: e.outerHTML.slice(0, 80),
				shown: style.outlineStyle !== "none" && e.getClientRects().length > 0 };
		});

		if (!here || seen.has(here.id))
			break;
		seen.add(here.id);
		if (!here.shown)
			faults.push(`${where}: no mark of the focus on ${here.name}`);
	}
	assert.ok(seen.size >= 3, `${where}: the keyboard reaches ${seen.size} places`);
}

async function look(page, path, name) {
	const where = `${path} (${name})`;
	const result = await page.evaluate((only) => globalThis.axe.run(document,
		{ runOnly: { type: "tag", values: only } }), tags);

	assert.ok(result.passes.length > 5, `${where}: axe looked at nothing`);
	for (const violation of result.violations)
		tell(violation, where);
	if (!await fits(page))
		faults.push(`${where}: wider than the window`);
	if (pictures)
		await page.screenshot({
			path: `${pictures}/${path.replace(/[^a-z0-9]+/gi, "-")}-${name}.png`, fullPage: true,
		});
	if (name === "wide")
		await walkByKeyboard(page, where);
}

// The number of views of it that were looked at; 0: it is no page.
async function check(page, path) {
	// A page of refusal is a page too: that it was refused is no complaint.
	const complain = (text, at) => {
		if (![base + path, `${base}/favicon.ico`].includes(at))
			faults.push(`${path}: ${text}`);
	};

	page.removeAllListeners();
	page.on("console", (m) => ["error", "warning"].includes(m.type()) &&
		complain(m.text(), m.location().url));
	page.on("pageerror", (e) => complain(e));
	const answer = await page.goto(base + path);

	if (!answer.headers()["content-type"].startsWith("text/html"))
		return 0;
	await page.addScriptTag({ path: axe });
	for (const [name, { width, colorScheme }] of Object.entries(views)) {
		await page.setViewportSize({ width, height: 900 });
		await page.emulateMedia({ colorScheme });
		await look(page, path, name);
	}
	return Object.keys(views).length;
}

const browser = await openBrowser();
let pages = 0;

try {
	// Its own scripts are kept out by the site's policy: axe comes in beside them.
	const context = await browser.newContext({ bypassCSP: true });
	const page = await context.newPage();

	for (const path of paths)
		pages += await check(page, path);
} finally {
	await browser.close();
}
for (const fault of faults)
	console.error(fault);
console.log(`axe: ${pages} views of ${paths.length} addresses, ${faults.length} faults`);
process.exit(faults.length > 0 || pages === 0 ? 1 : 0);
