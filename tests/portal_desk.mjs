// portal_desk.mjs ORIGIN OUTBOX PICTURES DATASET: a standard application from its title to the
// public sheet, each person in a browser of their own. Mails 1 to 5 are the invitations of
// applicant (French), officer, chair, authority and member.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { fillForm } from "./desk_fill.mjs";
import * as decide from "./portal_desk_decide.mjs";
import { accept, inspect, invitation, openBrowser } from "./portal_people.mjs";

const [origin, outbox, pictures, dataset] = process.argv.slice(2);
const browser = await openBrowser();
const complaints = [];

async function arrive(number) {
	const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
	const page = await context.newPage();
	page.on("pageerror", (error) => complaints.push(String(error)));
	await accept(page, invitation(origin, outbox, number));
	return page;
}

const look = (page, name) => inspect(page, `${pictures}/desk_${name}.png`);

const applicant = await arrive(1);
const officer = await arrive(2);
const chair = await arrive(3);
const authority = await arrive(4);
const member = await arrive(5);

// Begun, in French.
await applicant.goto(`${origin}/fr/desk`);
await look(applicant, "fr_empty");
await applicant.click("main a.button");
await applicant.fill("#title", "Insuffisance cardiaque après 65 ans");
await applicant.check("#route-standard");
await look(applicant, "fr_new");
await applicant.click("main form button");
const ref = applicant.url().split("/").pop();
assert.match(await applicant.textContent("h1"), /Insuffisance cardiaque/);
assert.equal((await officer.goto(`${origin}/en/desk/${ref}`)).status(), 404);

// A step: the page of the dossier, its button, the form, the button of the form.
async function step(page, language, event, fill) {
	await page.goto(`${origin}/${language}/desk/${ref}`);
	await page.click(`main a[href$="/step/${event}"]`);
	await fill?.(page);
	await look(page, `${language}_${event}`);
	await page.click("main form:last-of-type button");
	assert.equal(page.url(), `${origin}/${language}/desk/${ref}`, event);
}

// Filled in: once without scripts, then a word with them, which is saved by itself.
const pdf = `${pictures}/protocole.pdf`;
writeFileSync(pdf, "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const base = `${origin}/fr/desk/${ref}/form`;
await applicant.goto(base);
await look(applicant, "fr_form_empty");
assert.match(await applicant.textContent("[role=alert]"), /à renseigner/);
const plain = await browser.newContext({ javaScriptEnabled: false,
	storageState: await applicant.context().storageState() });
const without = await plain.newPage();
await without.goto(`${base}/research`);
await without.setInputFiles("[type=file]", { name: "protocole.pdf",
	mimeType: "application/pdf", buffer: Buffer.from([0x4d, 0x5a, 0x90, 0]) });
await without.click(".buttons button[value=stay]");
assert.match(await without.textContent("[role=alert]"), /pas accepté/);
await without.goto(`${base}/research`);
await without.click(".buttons button[value=stay]"); // nothing written: everything is missing
assert.match(await without.textContent("#errors"), /à renseigner/);
await applicant.goto(`${base}/research`);
await look(applicant, "fr_section_missing");
await fillForm(without, base, pdf);
assert.equal(await without.locator("#errors").count(), 0, await without.textContent("main"));
await plain.close();
await applicant.goto(base);
await look(applicant, "fr_form_complete");
await applicant.goto(`${base}/research`);
await applicant.fill("#f-purpose", "Ce que l'on cherche, écrit avec des scripts.");
await applicant.waitForFunction(() => /Enregistré/.test(
	document.querySelector(".saved").textContent));
const other = await applicant.context().newPage();
await other.goto(`${base}/research`);
assert.match(await other.inputValue("#f-purpose"), /avec des scripts/);
await other.fill("#f-purpose", "Ce que dit l'autre page.");
await other.click(".buttons button[value=stay]");
await applicant.fill("#f-purpose", "Ce que dit la première.");
await applicant.waitForFunction(() => /Quelqu/.test(
	document.querySelector(".saved").textContent));
await applicant.click(".buttons button[value=stay]");
assert.match(await applicant.textContent(".diff"), /l'autre page/);
await look(applicant, "fr_conflict");
await applicant.click(".buttons button[value=stay]");
await other.goto(`${base}/research`);
assert.match(await other.inputValue("#f-purpose"), /la première/);
await other.fill("#comment", "Faut-il préciser la population ?");
await other.click("form[action$='/comments'] button");
await look(other, "fr_section");
for (const section of ["controller", "data", "pieces"]) {
	await other.goto(`${base}/${section}`);
	await look(other, `fr_section_${section}`);
}
await other.goto(`${origin}/fr/desk/${ref}/members`);
await other.fill("#email", "colleague@hub.example");
await other.fill("#name", "Colleague Three");
await other.selectOption("#as", "reader");
await other.click("button[value=invite]");
assert.match(await other.textContent("main"), /colleague@hub.example/);
await look(other, "fr_members");
const file = await other.request.get(`${origin}/fr/desk/${ref}/dossier.pdf`);
assert.equal(file.headers()["content-type"], "application/pdf");
writeFileSync(`${pictures}/dossier.pdf`, await file.body());
await other.close();

await step(applicant, "fr", "submitted", (p) => p.fill("#signed_by", "La directrice"));
await officer.goto(`${origin}/en/desk`);
assert.match(await officer.textContent("main"), new RegExp(ref));
await look(officer, "en_board");
await officer.goto(`${origin}/en/desk/list?route=standard&state=completeness&due=`);
assert.match(await officer.textContent("tbody"), new RegExp(ref));
await look(officer, "en_list");
await officer.goto(`${origin}/en/desk/${ref}/letters`);
assert.match(await officer.textContent("tbody"), /was received/);
await look(officer, "en_letters");
await officer.goto(`${origin}/en/desk/list?route=standard&state=completeness&due=`);
await officer.selectOption("#due", "late");
await officer.click("form.sieve button");
assert.equal(await officer.textContent("main p strong"), "0");
const csv = await officer.request.get(`${origin}/en/desk/list.csv?state=completeness`);
assert.match(await csv.text(), new RegExp(`\\n${ref},.*,standard,completeness,open,`));
await officer.goto(`${origin}/en/desk/${ref}/form`);
await look(officer, "en_form");
await officer.goto(`${origin}/en/desk/${ref}/form/pieces`);
await look(officer, "en_section");
const [fetched] = await Promise.all([officer.waitForEvent("download"),
	officer.click("a[href*='/files/']")]);
assert.equal(fetched.suggestedFilename(), "protocole.pdf");
await officer.emulateMedia({ colorScheme: "dark" });
await look(officer, "en_section_dark");
await officer.emulateMedia({ colorScheme: "light" });
await applicant.goto(`${base}/research`);
assert.equal(await applicant.locator("form.filled").count(), 0, "frozen once handed in");
await step(officer, "en", "transmitted.2"); // the first is for urgent ones
await look(officer, "en_committee");
await decide.prepareCommittee({ origin, ref, officer, chair, member, look });
await step(chair, "en", "opinion_given", async (p) => {
	await p.selectOption("#opinion", "favourable");
	await p.fill("#reasons", "Sound, and in the public interest.");
	await p.fill("#session", "1");
});
await step(applicant, "fr", "pursued");
await step(officer, "en", "authority_received");
await step(authority, "en", "authorised", (p) => p.fill("#number", "DR-2026-001"));
await applicant.goto(`${origin}/fr/desk/${ref}`);
assert.match(await applicant.textContent("dl"), /Autorisée/);
assert.match(await applicant.textContent("dl"), /Oui/);
await look(applicant, "fr_authorised");
await applicant.setViewportSize({ width: 360, height: 700 });
await look(applicant, "fr_narrow");
await applicant.goto(`${base}/data`);
await look(applicant, "fr_narrow_section");
// What the basket posts: the application begins with the dataset in its form.
await applicant.setViewportSize({ width: 1000, height: 800 });
async function begin(iri) {
	await applicant.goto(`${origin}/fr/desk/new`);
	await applicant.evaluate((value) => {
		const input = Object.assign(document.createElement("input"),
			{ type: "hidden", name: "dataset", value });
		document.querySelector("main form").append(input);
	}, iri);
	await applicant.fill("#title", "Depuis le panier");
	await applicant.check("#route-standard");
	await applicant.click("main form button");
}
await begin("https://hub.example/nothing");
assert.match(await applicant.textContent("[role=alert]"), /catalogue/);
await begin(dataset);
await applicant.goto(`${applicant.url()}/form/data`);
assert.ok((await applicant.inputValue("[name='datasets.0.dataset']")).includes(dataset));
assert.notEqual(await applicant.inputValue("[name='datasets.0.holder']"), "");
await applicant.click("button[name=_rows]");
assert.equal(await applicant.locator("[name='datasets.1.dataset']").count(), 1);
await look(applicant, "fr_datasets");
const anybody = await (await browser.newContext({ viewport: { width: 1000, height: 800 } })).newPage();
anybody.on("pageerror", (error) => complaints.push(String(error)));
anybody.on("console", (message) => /Content Security Policy/.test(message.text()) &&
	complaints.push(message.text()));
await applicant.setViewportSize({ width: 1000, height: 800 });
await decide.permit({ origin, ref, officer, applicant, anybody, look });
await decide.publish({ origin, ref, applicant, anybody, look });
await decide.statistics({ origin, anybody, look });
assert.deepEqual(complaints, []);
await browser.close();
console.log(`${ref}: from title to the public sheet`);
