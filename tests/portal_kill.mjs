// portal_kill.mjs load ORIGIN TOKENS ACKS ROUND: people write through the API until the server is gone:
// applicants to their applications, officers what the register shows, holders to the catalogue. TOKENS: a
// line each, role and token. What was acknowledged is appended to ACKS: round, number of the token, what
// it is of, its text, a number of it, and the kind.
// portal_kill.mjs verify ORIGIN TOKENS ACKS [ROUND]: all of that (of a round) is there.
import { appendFileSync, readFileSync } from "node:fs";
import http from "node:http";

const [mode, origin, tokenFile, acks, round] = process.argv.slice(2);
const people = readFileSync(tokenFile, "utf8").trim().split("\n").map((line) => line.split("\t"));
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const DATASETS = 5; // of a holder

// The answer, or null when the server is gone before it has come whole.
function ask(token, method, path, body) {
	return new Promise((done) => {
		const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
		const request = http.request(`${origin}/api/v1${path}`, { method, headers, agent }, (answer) => {
			let text = "";
			answer.on("data", (piece) => (text += piece));
			answer.on("end", () => done(answer.complete ?
				{ status: answer.statusCode, body: JSON.parse(text) } : null));
			answer.on("error", () => done(null));
			answer.on("aborted", () => done(null));
		});
		request.on("error", () => done(null));
		request.end(body ? JSON.stringify(body) : undefined);
	});
}

// Too much at once is waited for; anything else that is no success is a fault of the test.
async function insist(who, ...call) {
	for (;;) {
		const answer = await ask(people[who][1], ...call);
		if (!answer || answer.status < 300)
			return answer;
		if (answer.status !== 429)
			throw new Error(`${call[0]} ${call[1]}: ${answer.status} ${JSON.stringify(answer.body)}`);
		await new Promise((done) => setTimeout(done, 100));
	}
}

function keep(who, of, text, number, kind) {
	appendFileSync(acks, `${round}\t${who}\t${of}\t${text}\t${number}\t${kind}\n`);
}

async function apply(who) {
	for (let i = 0; ; i++) {
		const title = `Round ${round}, person ${who}, number ${i}`;
		const made = await insist(who, "POST", "/desk", { route: "standard", title });
		if (!made)
			return;
		const { ref } = made.body;
		keep(who, ref, title, 1, "created");
		const steps = [["attached", { document: title, sha256: "0".repeat(64) }],
			["withdrawn", { reasons: title }]];
		for (const [k, [type, data]] of steps.slice(0, 1 + i % 2).entries()) {
			const taken = await insist(who, "POST", `/desk/${ref}/steps/${type}`,
				{ seen: k + 1, data });
			if (!taken)
				return;
			keep(who, ref, title, k + 2, type);
		}
	}
}

// Each number is later than the one before, whatever round it is of.
const later = (i) => Number(round) * 100000 + i;
const mark = (who, number) => `Words ${number} of person ${who}.`;
const marked = (value, who) => Math.max(0, ...[...JSON.stringify(value)
	.matchAll(new RegExp(`Words (\\d+) of person ${who}\\.`, "g"))].map((found) => Number(found[1])));

// What is authorised is public: each event of it goes to the register too, in the same write.
async function describe(who) {
	const officers = people.flatMap(([role], i) => role === "officer" ? [i] : []);
	const all = await insist(who, "GET", "/desk?show=all&state=authorised");
	if (!all)
		return;
	const own = all.body.applications.filter(({ ref }) =>
		officers[Number(ref.slice(5)) % officers.length] === who);
	for (let i = 0; own.length > 0; i++) {
		const { ref } = own[i % own.length];
		const now = await insist(who, "GET", `/desk/${ref}`);
		const taken = now && await insist(who, "POST", `/desk/${ref}/steps/project_described`,
			{ seen: now.body.seen, data: { summary_en: mark(who, later(i)) } });
		if (!taken)
			return;
		keep(who, ref, "", later(i), "described");
	}
	throw new Error("nothing is authorised");
}

async function catalogue(who) {
	for (let i = 0; ; i++) {
		const name = `kill-${who}-${i % DATASETS}`;
		if (!await insist(who, "PUT", `/catalog/${name}`, { title_en: mark(who, later(i)) }))
			return;
		keep(who, name, "", later(i), "draft");
		if (!await insist(who, "POST", `/catalog/${name}/publish`))
			return;
		keep(who, name, "", later(i), "published");
	}
}

async function get(who, path) {
	const answer = await insist(who, "GET", path);
	if (!answer)
		throw new Error("the server is gone");
	return answer.body;
}

// What the public sees comes from an index that follows the records within seconds.
async function words(who, path, number) {
	let there = 0;
	for (let i = 0; i < 50; i++) {
		const answer = await ask(people[who][1], "GET", path);
		there = answer?.status === 200 ? marked(answer.body, who) : 0;
		if (there >= number)
			break;
		await new Promise((done) => setTimeout(done, 200));
	}
	return there;
}

async function verify(line) {
	const [, who, of, text, number, kind] = line.split("\t");
	const places = { described: [`/register/${of}`, `/desk/${of}`], draft: [`/catalog/${of}/draft`],
		published: [`/catalog/${of}`] };
	for (const place of places[kind] ?? []) {
		const there = await words(who, place, Number(number));
		if (there < Number(number))
			throw new Error(`${place}: acknowledged: ${number}; there: ${there}`);
	}
	if (places[kind])
		return;
	const body = await get(who, `/desk/${of}`);
	if (body.title !== text || body.events.length < number || body.events[number - 1].type !== kind)
		throw new Error(`${of}: acknowledged: ${kind} as event ${number}; there: ${body.events.length}`);
}

// Of what is written over, the last is enough.
function last(lines) {
	const over = new Map();
	for (const line of lines) {
		const [, who, of, , number, kind] = line.split("\t");
		const key = `${who} ${of} ${["described", "draft", "published"].includes(kind) ? kind : number}`;
		over.set(key, line);
	}
	return [...over.values()];
}

const work = { applicant: apply, officer: describe, holder: catalogue };
if (mode === "load") {
	await Promise.all(people.map(([role], who) => work[role](who)));
} else {
	const lines = readFileSync(acks, "utf8").trim().split("\n")
		.filter((line) => line && (!round || line.startsWith(`${round}\t`)));
	const next = people.map((_, who) => last(lines.filter((line) => line.split("\t")[1] === String(who))));
	await Promise.all(next.map(async (own) => {
		for (const line of own)
			await verify(line);
	}));
	const count = (kind) => lines.filter((line) => line.endsWith(`\t${kind}`)).length;
	console.log(`${lines.length} (${count("described")} of the register, ${count("draft")} drafts and ${
		count("published")} publications of the catalogue)`);
}
process.exit(0);
