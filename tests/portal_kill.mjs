// portal_kill.mjs load ORIGIN TOKENS ACKS ROUND: applicants write through the API until the server is
// gone; what it has acknowledged is appended to ACKS: token number, ref, title, events, type of the last.
// portal_kill.mjs verify ORIGIN TOKENS ACKS [ROUND]: all of that (of a round) is there.
import { appendFileSync, readFileSync } from "node:fs";
import http from "node:http";

const [mode, origin, tokenFile, acks, round] = process.argv.slice(2);
const tokens = readFileSync(tokenFile, "utf8").trim().split("\n");
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

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
async function insist(...call) {
	for (;;) {
		const answer = await ask(...call);
		if (!answer || answer.status < 300)
			return answer;
		if (answer.status !== 429)
			throw new Error(`${call[1]} ${call[2]}: ${answer.status} ${JSON.stringify(answer.body)}`);
		await new Promise((done) => setTimeout(done, 100));
	}
}

function keep(who, ref, title, seen, type) {
	appendFileSync(acks, `${round}\t${who}\t${ref}\t${title}\t${seen}\t${type}\n`);
}

async function apply(who) {
	for (let i = 0; ; i++) {
		const title = `Round ${round}, person ${who}, number ${i}`;
		const made = await insist(tokens[who], "POST", "/desk", { route: "standard", title });
		if (!made)
			return;
		const { ref } = made.body;
		keep(who, ref, title, 1, "created");
		const steps = [["attached", { document: title, sha256: "0".repeat(64) }],
			["withdrawn", { reasons: title }]];
		for (const [k, [type, data]] of steps.slice(0, 1 + i % 2).entries()) {
			const taken = await insist(tokens[who], "POST", `/desk/${ref}/steps/${type}`,
				{ seen: k + 1, data });
			if (!taken)
				return;
			keep(who, ref, title, k + 2, type);
		}
	}
}

async function verify(line) {
	const [, who, ref, title, seen, type] = line.split("\t");
	const answer = await insist(tokens[who], "GET", `/desk/${ref}`);
	if (!answer)
		throw new Error("the server is gone");
	const { body } = answer;
	if (body.title !== title || body.events.length < seen || body.events[seen - 1].type !== type)
		throw new Error(`${ref}: acknowledged: ${type} as event ${seen}; there: ${body.events.length}`);
}

if (mode === "load") {
	await Promise.all(tokens.map((_, who) => apply(who)));
} else {
	const lines = readFileSync(acks, "utf8").trim().split("\n")
		.filter((line) => line && (!round || line.startsWith(`${round}\t`)));
	const next = tokens.map((_, who) => lines.filter((line) => line.split("\t")[1] === String(who)));
	await Promise.all(next.map(async (own) => {
		for (const line of own)
			await verify(line);
	}));
	console.log(lines.length);
}
process.exit(0);
