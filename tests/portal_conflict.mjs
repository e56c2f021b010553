// portal_conflict.mjs ORIGIN OUTBOX PICTURES HUB FOLDER PEER NUMBER: a harvest brings what the
// holder wrote otherwise. The holder sees both sides and decides: one dataset as here, in English,
// one as the source says, in French. FOLDER is what the peer at PEER serves; mail NUMBER invites
// the holder.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { accept, inspect, invitation, openBrowser } from "./portal_people.mjs";

const [origin, outbox, pictures, hub, folder, peer, number] = process.argv.slice(2);
const look = (page, name) =>
	inspect(page, `${pictures}/conflict_${name}.png`, ["best-practice"]);
const names = ["stays", "yields"];

// What the source says now, and its harvest: exit status 1 when there are conflicts.
function harvest(edition) {
	writeFileSync(`${folder}/two.ttl`, names.map((name) =>
		`<https://peer.example/${name}> a <http://www.w3.org/ns/dcat#Dataset> ;
	<http://purl.org/dc/terms/title> "Registry that ${name}, ${edition}"@en ,
		"Registre ${name}, ${edition}"@fr .\n`).join(""));
	const done = spawnSync(process.env.HYGIE ?? "build/hygie", ["catalog", "harvest", hub,
		`${peer}/two.ttl`, "--source", "peer", "--private", "--quiet"], { encoding: "utf8" });
	return { status: done.status, said: done.stdout + done.stderr };
}

async function pathOf(title) {
	for (let tries = 0; tries < 40; tries++) {
		const answer = await fetch(`${origin}/api/v1/catalog?q=${encodeURIComponent(title)}`,
			{ headers: { "Accept-Language": "en" } });
		const { datasets } = await answer.json();
		const found = datasets.find((one) => one.title.text === title);
		if (found)
			return found.path.split("/").pop();
		await new Promise((done) => setTimeout(done, 250));
	}
	throw new Error(`the catalogue has no '${title}'`);
}

const first = harvest("first edition");
assert.equal(first.status, 0, first.said);
const browser = await openBrowser();
const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
const page = await context.newPage();
const complaints = [];
page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
await accept(page, invitation(origin, outbox, number));

// The holder changes both; the source changes both; nothing is overwritten.
const ids = [];
for (const name of names) {
	ids.push(await pathOf(`Registry that ${name}, first edition`));
	await page.goto(`${origin}/en/holder/${ids.at(-1)}`);
	await page.fill("#f-title_en", `Registry that ${name}, by its holder`);
	await page.click("button[value=publish]");
	assert.match(await page.textContent("main"), /published/);
}
const second = harvest("second edition");
assert.equal(second.status, 1, second.said);
assert.match(second.said, /Conflicts +2/);
for (const [i, name] of names.entries())
	assert.equal(await pathOf(`Registry that ${name}, by its holder`), ids[i]);

await page.goto(`${origin}/en/holder-conflicts`);
assert.equal(await page.locator("main h2").count(), 2);
const text = await page.textContent("main");
assert.match(text, /by its holder/);
assert.match(text, /second edition/);
await look(page, "en");
await page.goto(`${origin}/fr/holder-conflicts`);
assert.match(await page.textContent("main"), /Prendre ce que dit la source/);
await look(page, "fr");
for (const [name, width, scheme] of [["fr_narrow", 380, "light"], ["fr_dark", 1000, "dark"]]) {
	const other = await browser.newContext({ storageState: await context.storageState(),
		viewport: { width, height: 800 }, colorScheme: scheme });
	const small = await other.newPage();
	await small.goto(`${origin}/fr/holder-conflicts`);
	await look(small, name);
	await other.close();
}

const form = (name) => page.locator("main form", {
	has: page.locator(`input[name=iri][value="https://peer.example/${name}"]`) });
await page.goto(`${origin}/en/holder-conflicts`);
await form("stays").getByRole("button", { name: "Keep what stands here" }).click();
await page.waitForLoadState();
assert.equal(await page.locator("main h2").count(), 1);
await page.goto(`${origin}/fr/holder-conflicts`);
await form("yields").getByRole("button", { name: "Prendre ce que dit la source" }).click();
await page.waitForLoadState();
assert.equal(await page.locator("main h2").count(), 0);
await look(page, "decided");

// That is what the public sees; the same harvest asks no more, and the history tells both.
assert.equal(await pathOf("Registry that stays, by its holder"), ids[0]);
assert.equal(await pathOf("Registry that yields, second edition"), ids[1]);
const third = harvest("second edition");
assert.equal(third.status, 0, third.said);
await page.goto(`${origin}/en/catalog/${ids[0]}`);
assert.equal(await page.textContent("h1"), "Registry that stays, by its holder");
assert.match(await page.textContent("main"), /peer/);
await look(page, "page");
assert.deepEqual(complaints, []);
await browser.close();
