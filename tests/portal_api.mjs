// portal_api.mjs ORIGIN TOKENS: the API against its own description. That this is one of
// OpenAPI 3.1, by another's schema; every parameter of a query with what it can be and cannot be;
// every example that is documented, played.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";

const [origin, papers] = process.argv.slice(2);
const tokens = Object.fromEntries(readFileSync(papers, "utf8").trim().split("\n")
	.map((line) => line.split("\t")));
const api = `${origin}/api/v1`;
const described = await (await fetch(`${api}/openapi.json`)).json();

const verdict = await new Validator().validate(structuredClone(described));
assert.ok(verdict.valid, JSON.stringify(verdict.errors, null, 1));
const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, one]) => ({ path, method, ...one })));
const ids = operations.map((one) => one.operationId);
assert.equal(new Set(ids).size, ids.length, "two operations of one name");

async function call(who, method, path, body, type = "application/json") {
	for (;;) {
		const headers = { ...tokens[who] && { Authorization: `Bearer ${tokens[who]}` },
			...body !== undefined && { "Content-Type": type } };
		const answer = await fetch(api + path, { method: method.toUpperCase(), headers, body });
		if (answer.status !== 429) {
			const json = answer.headers.get("content-type")?.startsWith("application/json");
			return { status: answer.status, headers: answer.headers,
				body: json ? await answer.json() : await answer.text() };
		}
		await new Promise((done) => setTimeout(done, 300));
	}
}

// Every error has the shape that is described, and says what to do.
function must_refuse(answer, status, what) {
	assert.equal(answer.status, status, `${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
	assert.deepEqual(Object.keys(answer.body), ["status", "error", "hint"], what);
	assert.equal(answer.body.status, status, what);
	for (const text of [answer.body.error, answer.body.hint])
		assert.ok(typeof text === "string" && text.length > 3, what);
}

const made = await call("applicant", "post", "/desk",
	JSON.stringify({ route: "standard", title: "For the examples" }));
assert.equal(made.status, 201);
const { ref } = made.body;
const own = (path) => path.replace("{ref}", ref);
// Who may ask a query, and what stands for the path's parameters.
const askers = { "/catalog/{name}/draft": "holder",
	"/desk/{ref}/changes": "applicant", "/desk/{ref}/dossier.pdf": "applicant" };
let asked = 0;
for (const { path, method, parameters } of operations.filter((one) => one.method === "get")) {
	const params = parameters.filter((one) => one.in === "query");
	const others = parameters.filter((one) => one.in === "path");
	const who = askers[path] ?? (path.startsWith("/accounts") ? "admin" : "officer");
	const at = own(path).replace(/{[^}]*}/g, "1");
	const ask = (query) => call(who, method, `${at}?${new URLSearchParams(query)}`);
	const none = await ask({ "no such": "1" });
	if (none.status === 404 && others.length > 0)
		continue; // seen to be nothing before it is looked at what is asked
	must_refuse(none, 400, `${path}: an unknown name`);
	for (const { name, required, schema, example } of params) {
		assert.ok(none.body.hint.includes(name), `${path}: ${name} is not told`);
		const right = [...schema.enum ?? [], ...example === undefined ? [] : [example],
			...schema.minimum === undefined ? [] : [schema.minimum, schema.maximum], ""];
		for (const value of right) {
			const { status, body } = await ask({ [name]: value });
			assert.ok(status === 200 || (path.includes("{ref}") && status === 404),
				`${path}?${name}=${value}: ${status} ${JSON.stringify(body)}`);
			asked++;
		}
		const wrong = schema.type === "integer" ?
			[schema.minimum - 1, schema.maximum + 1, "x", "1 OR 1=1", "1.5", "9".repeat(40)] :
			schema.enum ? ["x", schema.enum[0].toUpperCase()] : [];
		for (const value of wrong)
			must_refuse(await ask({ [name]: value }), 400, `${path}?${name}=${value}`);
		assert.ok(!required, "a query of GET that must be there");
	}
}
assert.ok(asked > 60, `only ${asked} queries`);

// What is refused.
must_refuse(await call("", "get", "/desk"), 401, "nobody");
assert.equal((await call("", "get", "/desk")).headers.get("www-authenticate"), "Bearer");
must_refuse(await call("", "get", "/nothing"), 404, "no such address");
const method = await call("", "delete", "/register");
must_refuse(method, 405, "no such method");
assert.equal(method.headers.get("allow"), "GET, HEAD");
must_refuse(await call("applicant", "post", "/desk", "a=1", "application/x-www-form-urlencoded"), 400,
	"a form");
must_refuse(await call("applicant", "post", "/desk", "{"), 400, "half a text");
must_refuse(await call("applicant", "post", "/desk", "[".repeat(100000)), 413, "a deep text");

// The examples, in the order of what they need.
const section = (await call("applicant", "get", `/desk/${ref}/form`)).body.sections[0].id;
const before = (await call("applicant", "post", "/desk",
	JSON.stringify({ route: "standard", title: "The one before" }))).body.ref;
const players = [
	["post", "/desk", "applicant"],
	["post", "/desk/{ref}/form", "applicant", (body) => ({ ...body, from: before })],
	["post", "/desk/{ref}/form/{section}/comments", "applicant"],
	["post", "/desk/{ref}/members", "applicant"],
	["post", "/desk/{ref}/steps/{step}", "applicant",
		async (body) => ({ ...body, seen: (await call("applicant", "get", `/desk/${ref}`)).body.seen })],
	["post", "/accounts/invitations", "admin"],
	["put", "/catalog/{name}", "holder"],
	["post", "/ingest/datasets", "holder"],
];
let played = 0;
for (const [verb, path, who, change] of players) {
	const { content } = described.paths[path][verb].requestBody;
	const [type, { example }] = Object.entries(content)[0];
	assert.ok(example, `${verb} ${path} has no example`);
	const body = change ? await change(example) : example;
	const at = own(path).replace("{section}", section).replace("{step}", "withdrawn")
		.replace("{name}", "an-example");
	const answer = await call(who, verb, at, type === "application/json" ? JSON.stringify(body) : body,
		type);
	assert.ok(answer.status < 300, `${verb} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
	played++;
}
const documented = operations.filter((one) =>
	Object.values(one.requestBody?.content ?? {}).some((content) => content.example !== undefined));
assert.equal(played, documented.length, "an example that nobody plays");
console.log(`${operations.length} operations, ${asked} queries, ${played} examples`);
