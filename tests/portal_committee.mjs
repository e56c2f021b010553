// portal_committee.mjs ORIGIN OUTBOX PICTURES CLOCK LANGUAGE: a session of the committee, with two
// rapporteurs, one who steps aside, one who has no seat, votes with reasons, a quorum that is lost
// and found again, the opinion, the minutes; each person in a browser of their own.
import assert from "node:assert/strict";
import { Clock, People, otherLanguage } from "./portal_people.mjs";

const [origin, outbox, pictures, clockFile, language] = process.argv.slice(2);
const say = (english, french) => language === "fr" ? french : english;
const clock = new Clock(clockFile, origin);
// Titles are the applicants', in whatever language they write.
const titles = [];
const judgeWords = otherLanguage(language, "standard", "standard");
const judge = (text, where) =>
	judgeWords(titles.reduce((rest, title) => rest.replaceAll(title, ""), text), where);
const p = new People({ origin, outbox, pictures: `${pictures}/committee`, language, clock, judge });
const who = {};

await p.open();
for (const name of ["officer", "chair", "first", "second", "third", "late", "outside"])
	who[name] = await p.arrive(`${name}@hub.example`);
const { officer, chair, first, second, third, late, outside } = who;
const main = async (page, path) => {
	await p.go(page, path);
	return page.textContent("main");
};

// Narrow and dark too.
async function lookAround(page, name) {
	await p.look(page, name);
	await page.setViewportSize({ width: 380, height: 700 });
	await p.look(page, `${name}_narrow`);
	await page.emulateMedia({ colorScheme: "dark" });
	await p.look(page, `${name}_narrow_dark`);
	await page.setViewportSize({ width: 1000, height: 800 });
	await p.look(page, `${name}_dark`);
	await page.emulateMedia({ colorScheme: "light" });
}

// Seats; a session in two weeks; the application that waits with most of its month before it.
for (const name of ["chair", "first", "second", "third", "late"]) {
	await p.go(officer, "/committee");
	await officer.selectOption("#member", { label: `Person ${name}` });
	if (name === "chair")
		await officer.check("#chair");
	await p.press(officer, "form[action$=member_joins] button");
}
await officer.fill("#day", clock.day(14));
await p.press(officer, "form[action$=call_session] button");
await p.go(officer, "/committee");
const rows = await (await officer.request.get(
	`${origin}/${language}/desk/list.json?state=committee&show=all`)).json();
titles.push(...rows.map((row) => row.title));
const { ref } = rows.sort((a, b) => a.submitted < b.submitted ? 1 : -1)[0];

await p.press(officer, `form[action$=add_item]:has(input[value="${ref}"]) button`);
const item = `/committee/item/${ref}`;
await p.go(officer, "/committee");
await lookAround(officer, "committee");
for (const name of ["first", "second"]) {
	await p.go(officer, item);
	await officer.selectOption("#member", { label: await officer.locator("#member option", {
		hasText: `Person ${name}` }).textContent() });
	await p.press(officer, "form[action$=assign_rapporteur] button");
}

// Before the session: who has a seat and no interest reads the reports, nobody else of the committee.
const report = say("The protocol answers the question.", "Le protocole répond à la question.");
for (const page of [chair, first, second]) {
	await p.go(page, item);
	await page.check("#none");
	await p.press(page, "form[action$=declare_interest] button");
}
await p.go(third, item);
await third.check("#some");
await third.fill("#what", say("Works for the applicant", "Travaille pour le demandeur"));
await p.press(third, "form[action$=declare_interest] button");
await lookAround(third, "recused");
for (const page of [first, second]) {
	await p.go(page, item);
	await page.fill("#text", report);
	await p.press(page, "form[action$=file_report] button");
}
assert.ok((await main(chair, item)).includes(report));
await lookAround(chair, "before");
for (const page of [third, late, outside])
	assert.ok(!(await main(page, item)).includes(report));
await lookAround(outside, "outside");
await p.go(late, item);
await p.look(late, "undeclared");

// The day itself.
await clock.forward(14);
for (const page of Object.values(who))
	await p.signIn(page);
async function attend(...names) {
	await p.go(officer, "/committee/session/1");
	for (const box of await officer.locator("form[action$=take_attendance] p").all()) {
		const label = (await box.locator("label").textContent()).trim();
		await box.locator("input").setChecked(names.includes(label.replace("Person ", "")));
	}
	await p.press(officer, "form[action$=take_attendance] button");
}
async function vote(page, word, reasons) {
	await p.go(page, item);
	await page.selectOption("#vote", word);
	await page.fill("#vote-reasons", reasons);
	await p.press(page, "form[action$=vote] button");
}
const why = say("The control group is sound.", "Le groupe témoin est bien choisi.");
await attend("chair", "first", "third");
await vote(chair, "favourable", why);
await vote(first, "reserved", say("The sample is small.", "L’échantillon est petit."));
assert.ok(!(await main(second, item)).includes(why), "who is not in the room sees no vote");
await lookAround(second, "absent");
// Equal, and the chair's vote; then the room empties.
assert.match(await main(chair, item), say(/The votes say:\s*favourable/, /Les votes disent :\s*favorable/));
await lookAround(chair, "tie");
await attend("chair");
assert.match(await main(chair, item), say(/there is no quorum/, /quorum n’est pas|pas de quorum/i));
assert.equal(await chair.locator("form[action$=conclude]").count(), 0);
await lookAround(chair, "quorum_lost");
await attend("chair", "first", "second", "third", "late");
await vote(second, "reserved", why);
assert.match(await main(chair, item), say(/The votes say:\s*reserved/, /Les votes disent :\s*réservé/));
assert.ok(!(await main(third, item)).includes(why), "who stepped aside sees no vote");
await chair.goto(`${origin}/${language}${item}`);
await chair.fill("#opinion-reasons", say("The sample has to grow.", "L’échantillon doit être agrandi."));
await lookAround(chair, "conclude");
await p.press(chair, "form[action$=conclude] button");
await lookAround(chair, "concluded");

// The minutes: for those who deliberated and the office; who had not declared may do so now.
const minutes = say("Four members judged; the opinion is reserved.",
	"Quatre membres ont délibéré ; l’avis est réservé.");
await p.go(officer, "/committee/session/1");
await officer.fill("#text", minutes);
await p.press(officer, "form[action$=draft_minutes] button");
await lookAround(officer, "session");
for (const page of [third, late, outside])
	assert.ok(!(await main(page, "/committee/session/1")).includes(minutes));
await p.look(late, "minutes_hidden");
await p.go(late, item);
await late.check("#none");
await p.press(late, "form[action$=declare_interest] button");
assert.ok((await main(late, "/committee/session/1")).includes(minutes));
await p.go(chair, "/committee/session/1");
await p.press(chair, "form[action$=approve_minutes] button");
await lookAround(chair, "minutes");
assert.deepEqual(p.complaints, []);
await p.browser.close();
