// portal_holder.mjs ORIGIN OUTBOX PICTURES: a holder describes a dataset, without scripts. Mail 2 is
// the holder's invitation.
import assert from "node:assert/strict";
import { accept, inspect, invitation, openBrowser } from "./portal_people.mjs";

const [origin, outbox, pictures] = process.argv.slice(2);
const browser = await openBrowser();
const complaints = [];

const look = (page, name) =>
	inspect(page, `${pictures}/holder_${name}.png`, ["best-practice"]);

async function open(context) {
	const page = await context.newPage();
	page.on("console", (m) => m.type() === "error" && !/422/.test(m.text()) &&
		complaints.push(m.text()));
	return page;
}

const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
const page = await open(context);
await accept(page, invitation(origin, outbox, 2));

// A new one: what is wrong stands at the field, in both languages; nothing of it is public.
await page.goto(`${origin}/en/holder`);
await look(page, "list");
await page.getByRole("link", { name: "Describe a dataset" }).click();
await look(page, "new");
await page.fill("#title", "Asthma cohort");
await page.fill("#holder", "Holder of the test");
await page.click("main form button");
await page.waitForURL("**/en/holder/asthma-cohort");
await look(page, "draft");
await page.fill("#f-page", "no address");
await page.click("button[value=publish]");
assert.match(await page.textContent("#e-page"), /must be an address/);
await look(page, "wrong");
await page.goto(`${origin}/fr/holder/asthma-cohort`);
assert.match(await page.textContent("#e-page"), /doit être une adresse/);
await look(page, "fr_wrong");
assert.equal((await page.goto(`${origin}/en/catalog/asthma-cohort`)).status(), 404);

// Mended and published, with what it still misses.
await page.goto(`${origin}/en/holder/asthma-cohort`);
await page.fill("#f-page", "https://holder.example/asthma");
await page.check("#f-health_category-EHRS");
await page.check("#f-health_category-MRMR");
await page.click("button[value=publish]");
await page.waitForURL("**/en/holder/asthma-cohort");
assert.match(await page.textContent("main"), /published/);
const there = async () => (await page.goto(`${origin}/en/catalog/asthma-cohort`)).status();
for (let i = 0; i < 60 && await there() !== 200; i++)
	await page.waitForTimeout(250); // the index looks every second
assert.match(await page.textContent("main"), /This description is not complete/);
await look(page, "public");
await page.goto(`${origin}/en/holder/asthma-cohort/versions`);
await look(page, "versions");
await page.goto(`${origin}/en/holder-conflicts`);
await look(page, "conflicts");

// Still right: the day moves on a year; the spreadsheet goes out and comes in as drafts.
await page.goto(`${origin}/en/holder/asthma-cohort`);
await page.click("button[value=attest]");
await page.waitForURL("**/en/holder");
await page.setInputFiles("#sheet", { name: "sheet.csv", mimeType: "text/csv", buffer: Buffer.from(
	`identifier;title_en;holder_name\n${origin}/dataset/from-a-sheet;From a sheet;Holder\n`) });
await page.getByRole("button", { name: "Take it in" }).click();
await page.waitForLoadState();
if (await page.locator("[role=alert]").count() === 0)
	assert.ok(await page.getByRole("link", { name: "from-a-sheet" }).isVisible());
else
	assert.match(await page.textContent("[role=alert]"), /not a dataset of yours/);
await look(page, "sheet");

for (const [name, path, width, scheme] of [["narrow", "/fr/holder/asthma-cohort", 380, "light"],
	["list_narrow", "/fr/holder", 380, "dark"], ["dark", "/en/holder/asthma-cohort", 1000, "dark"]]) {
	const other = await browser.newContext({ storageState: await context.storageState(),
		viewport: { width, height: 800 }, colorScheme: scheme });
	const small = await open(other);
	await small.goto(origin + path);
	await look(small, name);
	await other.close();
}
assert.deepEqual(complaints.filter((c) => !/404/.test(c)), []);
await browser.close();
