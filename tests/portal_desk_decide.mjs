// What follows the form in portal_desk.mjs: the committee before the opinion; permit, verification,
// public sheet and numbers after the authorisation. Each takes { origin, ref, look } and pages.
import assert from "node:assert/strict";

const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

async function post(page, button) {
	const [answer] = await Promise.all([page.waitForNavigation(), page.click(button)]);

	assert.equal(answer.status(), 200, `${button}: ${await page.textContent("main")}`);
}

// Seats, a session, an agenda, a rapporteur; one member steps aside and sees no deliberation.
export async function prepareCommittee({ origin, ref, officer, chair, member, look }) {
	await officer.goto(`${origin}/en/committee`);
	await look(officer, "en_committee_empty");
	for (const name of ["The chair", "The member"]) {
		await officer.selectOption("#member", { label: name });
		if (name === "The chair")
			await officer.check("#chair");
		await post(officer, "form[action$=member_joins] button");
	}
	await officer.fill("#day", day(20));
	await post(officer, "form[action$=call_session] button");
	await officer.goto(`${origin}/en/committee`);
	await post(officer, "form[action$=add_item] button");
	await look(officer, "en_session");
	await officer.goto(`${origin}/en/committee/item/${ref}`);
	await officer.selectOption("#member", { index: 0 });
	await post(officer, "form[action$=assign_rapporteur] button");
	await member.goto(`${origin}/en/committee/item/${ref}`);
	await look(member, "en_item_undeclared");
	assert.equal(await member.locator("text=Quorum").count(), 0);
	await member.check("#some");
	await member.fill("#what", "Works at the applicant's university");
	await post(member, "form[action$=declare_interest] button");
	assert.match(await member.textContent("main"), /are not shown to you/);
	assert.equal(await member.locator("text=Quorum").count(), 0);
	await look(member, "en_item_recused");
	await chair.goto(`${origin}/fr/committee/item/${ref}`);
	await chair.check("#none");
	await post(chair, "form[action$=declare_interest] button");
	// Declared, and the session is still to come: the reports, not yet the votes.
	assert.match(await chair.textContent("main"), /Les votes sont montrés aux personnes présentes/);
	await look(chair, "fr_item");
	await officer.goto(`${origin}/en/committee`);
	await look(officer, "en_committee_full");
	// Today nobody can sit in a session that is to come: the chair alone, and the log says why.
	assert.equal((await chair.goto(`${origin}/en/desk/${ref}/step/opinion_given`)).url(),
		`${origin}/en/committee/item/${ref}`);
	await officer.goto(`${origin}/en/committee/item/${ref}`);
	await officer.click("details:last-of-type summary");
	await officer.fill("#drop", "By letter: it is urgent.");
	await post(officer, "form[action$=drop_item] button");
}

async function verify(page, origin, language, text) {
	await page.goto(`${origin}/${language}/verify`);
	await page.fill("#permit", text);
	await page.click("main form button");
	return page.textContent("main");
}

// Signed, verified by somebody who is not signed in, suspended, reinstated.
export async function permit({ origin, ref, officer, applicant, anybody, look }) {
	await officer.goto(`${origin}/en/desk/${ref}`);
	await officer.click("main a[href$='/step/permit_issued']");
	assert.ok(officer.url().endsWith(`/desk/${ref}/permit`));
	await officer.fill("#data", "e | reimbursed drugs 2020 to 2025 | Parquet | SNDS | yes");
	await officer.fill("#conditions", "no output below 11 persons");
	await look(officer, "en_permit_form");
	await post(officer, "main form button");
	assert.match(await officer.textContent("main"), /valid/);
	await look(officer, "en_permit");
	await applicant.goto(`${origin}/fr/desk/${ref}/permit`);
	assert.match(await applicant.textContent("main"), /valide/);
	await look(applicant, "fr_permit");
	const note = await applicant.request.get(`${origin}/fr/desk/${ref}/permit.note`);
	const pdf = await applicant.request.get(`${origin}/fr/desk/${ref}/permit.pdf`);
	const text = await note.text();

	assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
	assert.match(await verify(anybody, origin, "fr", text), /valide/);
	await look(anybody, "fr_verify");
	assert.match(await verify(anybody, origin, "en", text.replace("Parquet", "CSV")), /forged/);
	assert.match(await verify(anybody, origin, "en", "nothing"), /not a signed permit/);
	await look(anybody, "en_verify_unreadable");
	for (const [event, says] of [["permit_suspended", /suspended/], ["permit_reinstated", /valid/]]) {
		await officer.goto(`${origin}/en/desk/${ref}/step/${event}`);
		await officer.fill("#reasons", "An incident in the space, and its end.");
		await officer.click("main form:last-of-type button");
		assert.match(await verify(anybody, origin, "en", text), says);
	}
	return text;
}

async function sheet(page, origin, language, ref) {
	for (let i = 0; i < 40; i++) {
		if ((await page.goto(`${origin}/${language}/register/${ref}`)).status() === 200)
			return page.textContent("main");
		await page.waitForTimeout(250);
	}
	throw new Error(`no sheet of ${ref} in the register`);
}

// The sheet is public; the applicant describes the project in both languages and deposits a result.
export async function publish({ origin, ref, applicant, anybody, look }) {
	await sheet(anybody, origin, "fr", ref);
	await applicant.goto(`${origin}/fr/desk/${ref}/step/project_described`);
	await applicant.fill("#title_en", "Heart failure after 65");
	await applicant.fill("#summary_fr", "Pour le public, en français.");
	await applicant.fill("#summary_en", "For the public, in English.");
	await applicant.click("main form:last-of-type button");
	await applicant.goto(`${origin}/fr/desk/${ref}/step/result_deposited`);
	await applicant.selectOption("#kind", "report");
	await applicant.fill("#title_fr", "Rapport final");
	await applicant.fill("#title_en", "Final report");
	await applicant.fill("#result_day", day(0));
	await applicant.fill("#url", "https://example.org/report");
	await look(applicant, "fr_result");
	await applicant.click("main form:last-of-type button");
	await applicant.goto(`${origin}/fr/desk/${ref}/public`);
	assert.match(await applicant.textContent("main"), /Rapport final/);
	await look(applicant, "fr_public");
	for (let i = 0; i < 40 && !/Final report/.test(await sheet(anybody, origin, "en", ref)); i++)
		await anybody.waitForTimeout(250);
	assert.match(await anybody.textContent("main"), /For the public, in English/);
	await look(anybody, "en_sheet");
	await sheet(anybody, origin, "fr", ref);
	await look(anybody, "fr_sheet");
}

// The year in numbers: charts with scripts, tables without.
export async function statistics({ origin, anybody, look }) {
	await anybody.goto(`${origin}/en/statistics`);
	await anybody.waitForFunction(() => document.documentElement.dataset.drawn);
	assert.ok(await anybody.locator("canvas").count() >= 1);
	await look(anybody, "en_statistics");
	await anybody.emulateMedia({ colorScheme: "dark" });
	await anybody.goto(`${origin}/fr/statistics`);
	await anybody.waitForFunction(() => document.documentElement.dataset.drawn);
	await look(anybody, "fr_statistics_dark");
	await anybody.emulateMedia({ colorScheme: "light" });
	await anybody.setViewportSize({ width: 380, height: 700 });
	await look(anybody, "fr_statistics_narrow");
	await anybody.goto(`${origin}/fr/verify`);
	await look(anybody, "fr_verify_narrow");
}
