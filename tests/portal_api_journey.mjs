// portal_api_journey.mjs ORIGIN OUTBOX PAPERS CLOCK: a standard application through the API alone:
// invited, a token, the form by sections, a file, the committee, the decision, the permit, the public
// sheet. Each call is held against /api/v1/openapi.json: that it is there, and the types of what goes
// and comes. The permit goes to PAPERS/permit.note and its day to stdout.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { Clock, link, password } from "./portal_people.mjs";
import { code } from "./totp.mjs";

const [origin, outbox, papers, clockFile] = process.argv.slice(2);
const clock = new Clock(clockFile, origin);
const api = `${origin}/api/v1`;
const described = await (await fetch(`${api}/openapi.json`)).json();
const used = new Set();

function operation(method, path) {
	const parts = path.split("?")[0].split("/");
	const found = Object.keys(described.paths).filter((pattern) => {
		const own = pattern.split("/");
		return described.paths[pattern][method] && own.length === parts.length &&
			own.every((part, i) => part.startsWith("{") || part === parts[i]);
	}).sort((a, b) => a.split("{").length - b.split("{").length)[0];
	assert.ok(found, `${method} ${path}: openapi.json does not know it`);
	used.add(`${method} ${found}`);
	return described.paths[found][method];
}

// status: what must come; body: JSON, or a FormData.
async function call(token, method, path, body, status = method === "POST" ? 0 : 200) {
	const asked = operation(method.toLowerCase(), path);
	const headers = token ? { Authorization: `Bearer ${token}` } : {};
	const takes = Object.keys(asked.requestBody?.content ?? {});
	const form = body instanceof FormData;
	if (body !== undefined)
		assert.deepEqual(takes, [form ? "multipart/form-data" : "application/json"], path);
	if (body !== undefined && !form)
		headers["Content-Type"] = "application/json";
	const answer = await fetch(api + path, { method, headers,
		body: form ? body : body === undefined ? undefined : JSON.stringify(body) });
	const type = answer.headers.get("content-type").split(";")[0];
	const said = type === "application/json" ? await answer.json() :
		Buffer.from(await answer.arrayBuffer());
	assert.ok(status ? answer.status === status : answer.ok,
		`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`);
	if (answer.ok) {
		const [gives] = Object.keys(Object.values(asked.responses)[0].content);
		assert.ok(gives === "*/*" || gives === type, `${path}: ${type} instead of ${gives}`);
	}
	return said;
}

// By the mail's link: the secret of the codes, then password and code; a token at the end.
async function arrive(email, scopes) {
	const invitation = (await link(outbox, email)).split("invitation")[1];
	const { secret, name } = await call(null, "GET", `/invitations${invitation}`);
	const step = Math.floor(clock.now() / 30000);
	await call(null, "POST", `/invitations${invitation}`,
		{ name, password: "short", code: code(secret, step) }, 422);
	const said = await call(null, "POST", `/invitations${invitation}`,
		{ name, password, code: code(secret, step) }, 201);
	assert.equal(said.recovery_codes.length, 10);
	await call(null, "GET", `/invitations${invitation}`, undefined, 410);
	const wanted = { email, password, name: "journey", scopes, days: 60 };
	await call(null, "POST", "/tokens", { ...wanted, code: code(secret, step) }, 422); // used
	return (await call(null, "POST", "/tokens", { ...wanted, code: code(secret, step + 1) }, 201)).token;
}

const admin = await arrive("admin@hub.example", ["accounts:write"]);
const seats = { applicant: "", officer: "officer", chair: "chair", first: "member",
	second: "member", authority: "authority" };
for (const [name, role] of Object.entries(seats))
	await call(admin, "POST", "/accounts/invitations",
		{ email: `${name}@hub.example`, name: `Person ${name}`, language: "en", role }, 201);
assert.equal((await call(admin, "GET", "/accounts/invitations")).length, 6);
await call(admin, "POST", "/accounts/invitations",
	{ email: "admin@hub.example", name: "Again", role: "" }, 409);
const who = {};
for (const name of Object.keys(seats))
	who[name] = await arrive(`${name}@hub.example`, ["desk:write", "account:read", "tokens:write"]);
const { applicant, officer, chair, first, second, authority } = who;
await call(applicant, "GET", "/accounts", undefined, 403);
const people = await call(admin, "GET", "/accounts");
const id = (name) => people.find((p) => p.email === `${name}@hub.example`).id;
await call(admin, "POST", `/accounts/${id("second")}/grant`, { role: "auditor", scope: "" }, 200);
const less = await call(admin, "POST", `/accounts/${id("second")}/revoke`,
	{ role: "auditor", scope: "" }, 200);
assert.ok(!less.roles.some((one) => one.role === "auditor"));

// The form: sections filled in until nothing is missing, all of a request or none.
const { ref } = await call(applicant, "POST", "/desk",
	{ route: "standard", title: "Heart failure after 65" }, 201);
const at = `/desk/${ref}`;
function answerTo(field) {
	const option = field.options[0]?.value;
	const text = /2029-03-26/.test(JSON.stringify(field.help)) ? "2029-03-26" : "An answer.";
	const kinds = { email: "a@example.org", phone: "01 23 45 67 89", date: "2029-03-26", number: "12",
		checkbox: true, period: { from: "2020-01-01", to: "2024-12-31" }, multiselect: [option] };
	if (field.columns.length > 0)
		return [Object.fromEntries(field.columns.map((c) => [c.id, answerTo(c)]))];
	return kinds[field.type] ?? option ?? text;
}
const kinds = new Set();
async function fill() {
	const form = await call(applicant, "GET", `${at}/form`);
	const sections = {};
	for (const { id: name } of form.sections) {
		const section = await call(applicant, "GET", `${at}/form/${name}`);
		const missing = section.fields.filter((f) => f.asked && f.type !== "attachment" &&
			section.problems.some((one) => one.field === f.id));
		missing.forEach((f) => kinds.add(f.type));
		sections[name] = { revision: section.revision,
			answers: Object.fromEntries(missing.map((f) => [f.id, answerTo(f)])) };
		for (const f of section.fields.filter((one) => one.asked && one.type === "attachment" &&
			section.problems.some((problem) => problem.field === one.id))) {
			const file = new FormData();
			file.append(f.id, new Blob(["%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer" +
				"<</Root 1 0 R>>\n%%EOF\n"], { type: "application/pdf" }), "protocol.pdf");
			const now = await call(applicant, "POST", `${at}/form/${name}/files`, file, 201);
			sections[name].revision = now.revision;
		}
	}
	return sections;
}
const sections = await fill();
const names = Object.keys(sections);
const torn = structuredClone(sections);
torn[names.at(-1)].revision += 7;
await call(applicant, "PUT", `${at}/form`, { sections: torn }, 409);
for (const name of names)
	assert.equal((await call(applicant, "GET", `${at}/form/${name}`)).revision,
		sections[name].revision, `${name}: nothing of a refused request is saved`);
await call(applicant, "PUT", `${at}/form`, { sections: { nothing: {} } }, 400);
await call(applicant, "PUT", `${at}/form`, { sections });
let form;
for (let round = 0; round < 4; round++) {
	form = await call(applicant, "GET", `${at}/form`);
	if (form.problems.length === 0)
		break;
	await call(applicant, "PUT", `${at}/form`, { sections: await fill() });
}
assert.deepEqual(form.problems, [], `kinds met: ${[...kinds]}`);

// A second application takes over what it can.
const other = await call(applicant, "POST", "/desk", { route: "standard", title: "The next" }, 201);
const copied = await call(applicant, "POST", `/desk/${other.ref}/form`, { from: ref }, 200);
assert.deepEqual(Object.keys(copied.answers).sort(), Object.keys(form.answers).sort());
await call(applicant, "POST", `${at}/members`,
	{ email: "colleague@hub.example", name: "Colleague Three", as: "reader" }, 201);
const none = await call(applicant, "POST", `${at}/members`,
	{ action: "withdraw", email: "colleague@hub.example" }, 200);
assert.deepEqual(none.asked, []);
const comments = await call(applicant, "POST", `${at}/form/${names[0]}/comments`,
	{ text: "Is this enough?" }, 201);
const settled = await call(applicant, "POST", `${at}/form/${names[0]}/comments/${comments[0].n}`,
	undefined, 200);
assert.ok(settled[0].resolved);

async function step(token, event, data = {}) {
	const { seen, steps } = await call(token, "GET", at);
	assert.ok(steps.some((one) => one.key === event), `${event} among ${steps.map((s) => s.key)}`);
	return call(token, "POST", `${at}/steps/${event}`, { seen, data }, 200);
}
await step(applicant, "submitted", { signed_by: "The head" });
await step(officer, "items_requested", { items: ["The budget"] });
await step(applicant, "items_supplied", { items: ["The budget"] });
await call(officer, "GET", `${at}/changes?from=1&to=2`);
await step(officer, "transmitted.2");
const csv = await call(officer, "GET", "/desk/list.csv");
assert.match(csv.toString(), new RegExp(`\n${ref},`));

// The committee.
const move = (token, motion, data) => call(token, "POST", `/committee/${motion}`, data, 200);
const { candidates } = await call(officer, "GET", "/committee");
assert.equal(candidates.length, 3);
for (const name of ["chair", "first", "second"])
	await move(officer, "member_joins", { member: id(name), chair: name === "chair" });
await move(officer, "call_session", { session: 1, day: clock.day(16) });
await move(officer, "add_item", { application: ref, session: 1 });
for (const name of ["first", "second"])
	await move(officer, "assign_rapporteur", { application: ref, member: id(name) });
await clock.forward(16);
for (const token of [first, second, chair])
	await move(token, "declare_interest", { application: ref, interest: false });
for (const token of [first, second])
	await move(token, "file_report", { application: ref, text: "Sound methods." });
await move(officer, "take_attendance",
	{ session: 1, members: ["chair", "first", "second"].map(id) });
for (const token of [first, second, chair])
	await move(token, "vote", { application: ref, vote: "favourable", reasons: "Public interest." });
const item = await call(chair, "GET", `/committee/items/${ref}`);
assert.equal(item.votes.length, 3);
await move(chair, "conclude", { application: ref, opinion: "favourable", reasons: "Sound." });
await move(officer, "draft_minutes", { session: 1, text: "Three members; one opinion." });
await move(chair, "approve_minutes", { session: 1, text: "Three members; one opinion." });
const session = await call(chair, "GET", "/committee/sessions/1");
assert.ok(session.closed && session.minutes.includes("one opinion"));

// The decision, the permit, and what is public.
await step(applicant, "pursued");
await step(officer, "authority_received");
await step(authority, "authorised", { number: "DR-2026-001" });
const { seen } = await call(officer, "GET", at);
await call(officer, "POST", `${at}/permit`, { seen, permit: { conditions: ["No output below 11 persons."],
	data: [{ category: "e", specification: "reimbursed drugs 2020 to 2025", format: "Parquet",
		source: "SNDS", pseudonymised: true }] } }, 201);
const permit = await call(applicant, "GET", `${at}/permit`);
assert.match(JSON.stringify(permit), /below 11 persons/);
const note = await call(applicant, "GET", `${at}/permit.note`);
writeFileSync(`${papers}/permit.note`, note);
for (const paper of ["permit.pdf", "dossier.pdf"])
	assert.equal((await call(applicant, "GET", `${at}/${paper}`)).subarray(0, 5).toString(), "%PDF-");
await call(null, "POST", "/verify", { permit: note.toString() }, 200);
await step(applicant, "project_described", { title_en: "Heart failure after 65",
	title_fr: "Insuffisance cardiaque", summary_en: "For the public." });
await step(applicant, "result_deposited", { kind: "report", title_en: "Final report",
	title_fr: "Rapport final", result_day: clock.day(0), url: "https://example.org/report" });
const open = await call(applicant, "GET", `${at}/public`);
assert.match(JSON.stringify(open), /Final report/);
let sheet = "";
for (let i = 0; i < 60 && !sheet.includes("Final report"); i++) {
	await new Promise((done) => setTimeout(done, 250));
	const answer = await fetch(`${api}/register/${ref}`);
	sheet = answer.ok ? await answer.text() : "";
}
assert.match(sheet, /Final report/);
assert.match(sheet, /For the public/);

// A token that is ended opens nothing.
const own = await call(applicant, "GET", "/tokens");
await call(applicant, "DELETE", `/tokens/${own[0].id}`);
await call(applicant, "GET", "/account", undefined, 401);
console.error(`${used.size} operations of the API`);
console.log(clock.day(0));
