// portal_journey.mjs ORIGIN OUTBOX PICTURES CLOCK LANGUAGE: a standard application in one language,
// from the invitation of everybody to the permit and the public sheet. The administrator was invited
// by the terminal; the officers invite nobody, the administrator does. What the law lets wait, waits:
// the clock of the hub goes on. The permit goes to PICTURES/permit.note and its day to stdout.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { fillForm } from "./desk_fill.mjs";
import { Clock, People, otherLanguage } from "./portal_people.mjs";

const [origin, outbox, pictures, clockFile, language] = process.argv.slice(2);
const clock = new Clock(clockFile, origin);
const p = new People({ origin, outbox, pictures, language, clock,
	judge: otherLanguage(language, "standard", "standard") });
const say = (en, fr) => language === "fr" ? fr : en;
await p.open();

// Everybody comes by an invitation of the administrator.
const admin = await p.arrive("admin@hub.example");
await p.look(admin, "recovery_codes");
const seats = { applicant: "", officer: "officer", chair: "chair", first: "member",
	second: "member", authority: "authority" };
for (const [name, role] of Object.entries(seats)) {
	await p.go(admin, "/admin/accounts");
	await admin.fill("#name", `Person ${name}`);
	await admin.fill("#email", `${name}@hub.example`);
	await admin.selectOption("#language", language);
	await admin.selectOption("#role", role);
	await p.press(admin, "form[action$='/admin/invitations'] button");
}
await p.look(admin, "accounts");
const who = {};
for (const name of Object.keys(seats))
	who[name] = await p.arrive(`${name}@hub.example`);
const { applicant, officer, chair, first, second, authority } = who;
for (const name of Object.keys(seats)) {
	await p.go(who[name], "/account");
	await p.go(who[name], "/desk");
	await p.look(who[name], `desk_of_${name}`);
}

// The application: begun, filled in, handed in.
await p.go(applicant, "/desk");
await applicant.click("main a.button");
await applicant.fill("#title", say("Heart failure after 65", "Insuffisance cardiaque après 65 ans"));
await applicant.check("#route-standard");
await p.look(applicant, "new");
await p.press(applicant, "main form button");
const ref = applicant.url().split("/").pop();
const pdf = `${pictures}/protocol.pdf`;
writeFileSync(pdf, "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const form = `${origin}/${language}/desk/${ref}/form`;
const plain = await p.browser.newContext({ javaScriptEnabled: false,
	storageState: await applicant.context().storageState() });
await fillForm(await plain.newPage(), form, pdf);
await plain.close();
// With scripts, a button pressed while a save is on its way: nobody is in conflict with himself.
await applicant.goto(`${form}/research`);
await applicant.fill("#f-purpose", say("How often, and in whom.", "Combien, et chez qui."));
await Promise.all([applicant.waitForNavigation(), applicant.evaluate(() => {
	document.querySelector("form.filled [type=radio], form.filled [type=checkbox], form.filled select")
		.dispatchEvent(new Event("input", { bubbles: true }));
	setTimeout(() => document.querySelector(".buttons button[value=stay]").click(), 1);
})]);
assert.equal(await applicant.locator(".diff").count(), 0, "in conflict with himself");
assert.match(await applicant.inputValue("#f-purpose"), say(/How often/, /Combien/));
await applicant.goto(form);
assert.equal(await applicant.locator("[role=alert]").count(), 0, await applicant.textContent("main"));
await p.look(applicant, "form_complete");

async function step(page, event, fill) {
	await p.go(page, `/desk/${ref}`);
	await page.click(`main a[href$="/step/${event}"]`);
	await fill?.(page);
	await p.look(page, event.replace(/\..*/, ""));
	await p.press(page, "main form:last-of-type button");
	assert.equal(page.url(), `${origin}/${language}/desk/${ref}`, event);
}

await step(applicant, "submitted", (page) => page.fill("#signed_by", say("The head", "La direction")));
// Something is missing: the delay stands still until it came.
await step(officer, "items_requested", (page) => page.fill("#items", say("The budget", "Le budget")));
await clock.forward(3);
for (const page of [applicant, officer, chair])
	await p.signIn(page);
await p.go(applicant, `/desk/${ref}`);
await p.look(applicant, "asked_for_items");
await step(applicant, "items_supplied", (page) => page.fill("#items", say("The budget", "Le budget")));
await step(officer, "transmitted.2");

// The committee: seats, a session, two rapporteurs, who have two weeks.
for (const [name, chairs] of [["chair", true], ["first", false], ["second", false]]) {
	await p.go(officer, "/committee");
	await officer.selectOption("#member", { label: `Person ${name}` });
	if (chairs)
		await officer.check("#chair");
	await p.press(officer, "form[action$=member_joins] button");
}
await officer.fill("#day", clock.day(16));
await p.press(officer, "form[action$=call_session] button");
await p.go(officer, "/committee");
await p.look(officer, "committee");
await p.press(officer, "form[action$=add_item] button");
for (const name of ["first", "second"]) {
	await p.go(officer, `/committee/item/${ref}`);
	await officer.selectOption("#member", { label: await officer.locator("#member option", {
		hasText: `Person ${name}` }).textContent() });
	await p.press(officer, "form[action$=assign_rapporteur] button");
}
await p.look(officer, "item");
await clock.forward(16);
for (const page of Object.values(who))
	await p.signIn(page);
for (const page of [first, second, chair]) {
	await p.go(page, `/committee/item/${ref}`);
	await page.check("#none");
	await p.press(page, "form[action$=declare_interest] button");
}
for (const page of [first, second]) {
	await p.go(page, "/committee");
	await p.look(page, "my_reports");
	await p.go(page, `/committee/item/${ref}`);
	await page.fill("#text", say("Sound methods; the data fit the question.",
		"Méthode solide ; les données conviennent à la question."));
	await p.look(page, "report");
	await p.press(page, "form[action$=file_report] button");
}
await p.go(officer, "/committee/session/1");
for (const box of await officer.locator("form[action$=take_attendance] input[type=checkbox]").all())
	await box.check();
await p.look(officer, "session");
await p.press(officer, "form[action$=take_attendance] button");
for (const [page, vote] of [[first, "favourable"], [second, "favourable_with_recommendations"],
	[chair, "favourable"]]) {
	await p.go(page, `/committee/item/${ref}`);
	await page.selectOption("#vote", vote);
	await page.fill("#vote-reasons", say("In the public interest.", "Présente un intérêt public."));
	await p.look(page, "vote");
	await p.press(page, "form[action$=vote] button");
}
await p.go(chair, `/committee/item/${ref}`);
assert.equal(await chair.locator("tbody tr").count(), 3);
await chair.fill("#opinion-reasons", say("Sound, and in the public interest.",
	"Solide, et présente un intérêt public."));
await p.look(chair, "conclude");
await p.press(chair, "form[action$=conclude] button");
await p.go(officer, "/committee/session/1");
await officer.fill("#text", say("Three members; one favourable opinion.",
	"Trois membres ; un avis favorable."));
await p.press(officer, "form[action$=draft_minutes] button");
await p.go(chair, "/committee/session/1");
await p.press(chair, "form[action$=approve_minutes] button");
await p.look(chair, "minutes");

// The decision, the permit, and what is public.
await p.go(applicant, `/desk/${ref}`);
await p.look(applicant, "opinion");
await step(applicant, "pursued");
await step(officer, "authority_received");
await step(authority, "authorised", (page) => page.fill("#number", "DR-2026-001"));
await p.go(officer, `/desk/${ref}/permit`);
await officer.fill("#data", say("e | reimbursed drugs 2020 to 2025 | Parquet | SNDS | yes",
	"e | médicaments remboursés 2020 à 2025 | Parquet | SNDS | yes"));
await officer.fill("#conditions", say("no output below 11 persons",
	"aucun effectif de moins de 11 personnes"));
await p.look(officer, "permit_form");
await p.press(officer, "main form button");
await p.go(applicant, `/desk/${ref}/permit`);
assert.match(await applicant.textContent("main"), say(/valid/, /valide/));
await p.look(applicant, "permit");
const note = await applicant.request.get(`${origin}/${language}/desk/${ref}/permit.note`);
writeFileSync(`${pictures}/permit.note`, await note.body());
const paper = await applicant.request.get(`${origin}/${language}/desk/${ref}/permit.pdf`);
assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
const anybody = await p.page();
await p.go(anybody, "/verify");
await anybody.fill("#permit", await note.text());
await p.press(anybody, "main form button");
assert.match(await anybody.textContent("main"), say(/valid/, /valide/));
await p.look(anybody, "verify");
await step(applicant, "project_described", async (page) => {
	await page.fill("#title_en", "Heart failure after 65");
	await page.fill("#title_fr", "Insuffisance cardiaque après 65 ans");
	await page.fill("#summary_en", "For the public, in English.");
	await page.fill("#summary_fr", "Pour le public, en français.");
});
await step(applicant, "result_deposited", async (page) => {
	await page.selectOption("#kind", "report");
	await page.fill("#title_en", "Final report");
	await page.fill("#title_fr", "Rapport final");
	await page.fill("#result_day", clock.day(0));
	await page.fill("#url", "https://example.org/report");
});
let sheet = "";
for (let i = 0; i < 60 && !sheet.includes(say("Final report", "Rapport final")); i++) {
	await anybody.waitForTimeout(250);
	await anybody.goto(`${origin}/${language}/register/${ref}`);
	sheet = await anybody.textContent("main");
}
assert.match(sheet, say(/For the public, in English/, /Pour le public, en français/));
assert.match(sheet, say(/Final report/, /Rapport final/));
await p.look(anybody, "sheet");
await anybody.setViewportSize({ width: 380, height: 800 });
await anybody.emulateMedia({ colorScheme: "dark" });
await p.look(anybody, "sheet_dark_narrow");
await p.go(applicant, `/desk/${ref}`);
await applicant.setViewportSize({ width: 380, height: 800 });
await applicant.emulateMedia({ colorScheme: "dark" });
await p.look(applicant, "dossier_dark_narrow");
assert.deepEqual(p.complaints, []);
await p.browser.close();
console.log(clock.day(0));
