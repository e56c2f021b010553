// portal_catalog.mjs ORIGIN OUTBOX PICTURES: from a search to a pre-filled application, without
// scripts. Mail 1 is the applicant's invitation.
import assert from "node:assert/strict";
import { accept, inspect, invitation, openBrowser } from "./portal_people.mjs";

const [origin, outbox, pictures] = process.argv.slice(2);
const browser = await openBrowser();
const complaints = [];

const look = (page, name) =>
	inspect(page, `${pictures}/catalog_${name}.png`, ["best-practice"]);

async function visitor(width, scheme) {
	const context = await browser.newContext(
		{ viewport: { width, height: 800 }, colorScheme: scheme });
	const page = await context.newPage();
	page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
	return page;
}

const person = await visitor(1000, "light");
await person.goto(`${origin}/en/catalog`);
await look(person, "list");
await person.fill("#q", "cardiolgie"); // a typing mistake
await person.click("form.find button");
const found = person.locator(".sheets h3 a");
assert.ok(await found.count() >= 2, "a search with a mistake finds nothing");
const titles = [await found.nth(0).textContent(), await found.nth(1).textContent()];
await look(person, "found");
let pageOf;
for (const title of titles) {
	await person.goto(`${origin}/en/catalog?q=cardiolgie`);
	await person.getByRole("link", { name: title, exact: true }).click();
	assert.equal(await person.textContent("h1"), title);
	pageOf = new URL(person.url()).pathname.replace("/en/", "/fr/");
	assert.match(await person.textContent("main"), /Who holds it, and access/);
	await look(person, "dataset");
	await person.getByRole("button", { name: "Put into the basket" }).click();
	await person.waitForURL("**/en/basket");
}
assert.equal(await person.locator(".sheets h2").count(), 2);
await person.getByRole("link", { name: "Compare side by side" }).click();
assert.equal(await person.locator("thead th").count(), 3);
await look(person, "compare");
await person.goto(`${origin}/en/catalog/variables?q=poids`);
assert.ok(await person.locator("tbody tr").count() > 0, "nobody has this variable");
await look(person, "variables");

// The basket stays through the invitation and the sign-in.
await person.goto(`${origin}/en/basket`);
await look(person, "basket");
assert.ok(await person.getByRole("link", { name: "Sign in to start an application" }).isVisible());
await accept(person, invitation(origin, outbox, 1));
await person.goto(`${origin}/en/basket`);
await look(person, "basket_signed_in");
assert.equal(await person.inputValue("#route"), "standard");
await person.fill("#title", "Two datasets of the basket");
await person.getByRole("button", { name: "Start an application" }).click();
await person.waitForURL("**/en/desk/**");
assert.match(await person.textContent("main"), /Two datasets of the basket/);
const desk = person.url();
const form = await person.context().newPage();
let seen = "";
await form.goto(desk);
for (const href of await form.locator("main a").evaluateAll((all) => all.map((a) => a.href))) {
	if (!href.startsWith(desk) || href.endsWith(".pdf"))
		continue;
	await form.goto(href);
	seen += await form.content();
	for (const more of await form.locator("main a").evaluateAll((a) => a.map((x) => x.href)))
		if (more.startsWith(desk) && more.includes("/form/") && !more.endsWith(".pdf")) {
			await form.goto(more);
			seen += await form.content();
		}
}
for (const title of titles)
	assert.ok(seen.includes(title) || /synth-0000/.test(seen), `${title} is not pre-filled`);

// What a scan and a label told: values and their rows, but none of few; the picture of the label.
const all = await (await fetch(`${origin}/api/v1/catalog?size=100`,
	{ headers: { "Accept-Language": "en" } })).json();
const told = all.datasets.find((one) => one.iri.endsWith("/synth-00000000")).path;
await person.goto(origin + told);
for (const summary of await person.locator("details.frequent summary").all())
	await summary.click();
const rows = await person.locator("details.frequent tbody tr").allInnerTexts();
assert.deepEqual(rows.map((row) => row.replace(/\s+/g, " ").trim()),
	["2 150", "75 75", "76 75", "77 75", "78 75"]);
assert.equal(await person.locator(".drawing svg.label path.sector").count(), 16);
await look(person, "known");
await person.goto(origin + told.replace("/en/", "/fr/"));
const drawn = await person.locator(".drawing svg.label").innerHTML();
assert.match(drawn, /Qualité technique/);
assert.match(drawn, /points sur/);
assert.doesNotMatch(drawn, /Technical|Coverage| points</);
assert.match(await person.textContent("main"), /Score du label QUANTUM, de 0 à 100/);

for (const [name, path, width, scheme] of [["fr", "/fr/catalog", 1000, "light"],
	["fr_narrow", pageOf, 380, "light"],
	["fr_dark", pageOf, 1000, "dark"], ["known_fr_dark", told.replace("/en/", "/fr/"), 1000, "dark"],
	["known_narrow", told, 380, "light"],
	["basket_narrow", "/fr/basket", 380, "dark"]]) {
	const page = await visitor(width, scheme);
	await page.goto(origin + path);
	await look(page, name);
	await page.context().close();
}
assert.deepEqual(complaints, []);
await browser.close();
