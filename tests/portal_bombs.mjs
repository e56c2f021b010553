// portal_bombs.mjs ORIGIN TOKEN PID: what is small and becomes large, what is large, what never
// ends: sent to a hub that runs. Each is answered or cut in time, the memory of the server (VmHWM) stays
// bounded, and everybody else's page comes meanwhile.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import net from "node:net";
import { crc32, deflateRawSync } from "node:zlib";

const [origin, token, pid] = process.argv.slice(2);
const { hostname, port } = new URL(origin);
const MIB = 1 << 20;
const SECONDS = 20; // for each

const peak = () => Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s*(\d+)/)[1]) / 1024;
const head = { Authorization: `Bearer ${token}` };
const json = { ...head, "Content-Type": "application/json" };
const { ref } = await (await fetch(`${origin}/api/v1/desk`, { method: "POST", headers: json,
	body: JSON.stringify({ route: "standard", title: "For files" }) })).json();
const form = await (await fetch(`${origin}/api/v1/desk/${ref}/form`, { headers: head })).json();
let section, field;
for (const { id } of form.sections) {
	const one = await (await fetch(`${origin}/api/v1/desk/${ref}/form/${id}`, { headers: head })).json();
	const found = one.fields.find((f) => f.type === "attachment");
	if (found && !field)
		[section, field] = [id, found.id];
}
assert.ok(field, "no field takes files");

// To an application of its own: a field takes so many files.
async function send(name, type, bytes) {
	const body = new FormData();
	body.append(field, new Blob([bytes], { type }), name);
	const own = await (await fetch(`${origin}/api/v1/desk`, { method: "POST", headers: json,
		body: JSON.stringify({ route: "standard", title: name || "none" }) })).json();
	const answer = await fetch(`${origin}/api/v1/desk/${own.ref}/form/${section}/files`,
		{ method: "POST", headers: head, body, signal: AbortSignal.timeout(SECONDS * 1000) });
	return { status: answer.status, body: await answer.json() };
}

// A zip of parts: [name, content, how many bytes it says it has].
const crc = crc32 ?? (() => 0);
function zip(parts, entries = parts.length) {
	const files = [], index = [];
	let at = 0;
	for (const [name, content, says] of parts) {
		const packed = Buffer.isBuffer(content.packed) ? content.packed : deflateRawSync(content);
		const size = says ?? content.size ?? content.length;
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0); common.writeUInt16LE(8, 4);
		common.writeUInt32LE(content.crc ?? crc(content), 10);
		common.writeUInt32LE(packed.length, 14); common.writeUInt32LE(size, 18);
		common.writeUInt16LE(name.length, 22);
		const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, Buffer.from(name), packed]);
		const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), common,
			Buffer.alloc(10), Buffer.alloc(4), Buffer.from(name)]);
		central.writeUInt32LE(at, 42);
		files.push(local); index.push(central); at += local.length;
	}
	const list = Buffer.concat(index), end = Buffer.alloc(22);
	end.write("PK\x05\x06", "latin1");
	end.writeUInt16LE(Math.min(entries, 0xffff), 8); end.writeUInt16LE(Math.min(entries, 0xffff), 10);
	end.writeUInt32LE(list.length, 12); end.writeUInt32LE(at, 16);
	if (entries < 0xffff)
		return Buffer.concat([...files, list, end]);
	const big = Buffer.alloc(56), where = Buffer.alloc(20); // ZIP64
	big.write("PK\x06\x06", "latin1"); big.writeBigUInt64LE(44n, 4);
	big.writeUInt16LE(45, 12); big.writeUInt16LE(45, 14);
	big.writeBigUInt64LE(BigInt(entries), 24); big.writeBigUInt64LE(BigInt(entries), 32);
	big.writeBigUInt64LE(BigInt(list.length), 40); big.writeBigUInt64LE(BigInt(at), 48);
	where.write("PK\x06\x07", "latin1"); where.writeBigUInt64LE(BigInt(at + list.length), 8);
	where.writeUInt32LE(1, 16);
	return Buffer.concat([...files, list, big, where, end]);
}
const sheet = [["[Content_Types].xml", Buffer.from("<Types/>")], ["xl/workbook.xml", Buffer.from("<workbook/>")]];
const zeros = (mib) => Buffer.alloc(mib * MIB);
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

let slowest = 0;
async function meanwhile() {
	const began = Date.now();
	const page = await fetch(`${origin}/en/`, { signal: AbortSignal.timeout(SECONDS * 1000),
		headers: { Connection: "close" } });
	assert.equal(page.status, 200);
	await page.text();
	slowest = Math.max(slowest, Date.now() - began);
}

// what: its name; mib: how much more memory the server may have taken at most.
async function bounded(what, mib, work) {
	const before = peak(), began = Date.now();
	const [result] = await Promise.all([work(), meanwhile()]);
	const took = Date.now() - began, more = peak() - before;
	assert.ok(took < SECONDS * 1000, `${what}: ${took} ms`);
	assert.ok(more < mib, `${what}: ${Math.round(more)} MiB more`);
	console.log(`${what}: ${result}, ${took} ms, ${Math.round(more)} MiB`);
}
const refused = async (...file) => {
	const { status, body } = await send(...file);
	assert.ok([400, 413, 422].includes(status), `${file[0]}: ${status} ${JSON.stringify(body)}`);
	assert.ok(body.error && body.hint, file[0]);
	return `${status}: ${body.error}`;
};

// A honest one first, so that what follows is refused for what it is.
assert.equal((await send("a.xlsx", XLSX, zip(sheet))).status, 201);
assert.equal((await send("two.pdf", "application/pdf", Buffer.concat([Buffer.from("%PDF-1.7\n"),
	zeros(2), Buffer.from("\n%%EOF\n")]))).status, 201);

await bounded("a bomb of 900 MiB", 64, () => {
	const one = deflateRawSync(zeros(90)), part = { packed: one, size: 90 * MIB, crc: crc(zeros(90)) };
	return refused("bomb.xlsx", XLSX, zip([...sheet,
		...Array.from({ length: 10 }, (_, i) => [`xl/media/${i}.bin`, part])]));
});
await bounded("a bomb that says it is small", 64, () => refused("liar.xlsx", XLSX,
	zip([...sheet, ["xl/media/a.bin", zeros(300), 10]])));
await bounded("packed in packed", 64, async () => {
	let inner = zip([["zeros", zeros(100)]]);
	for (let i = 0; i < 8; i++)
		inner = zip([[`${i}.zip`, inner]]);
	return (await send("nest.xlsx", XLSX, zip([...sheet, ["xl/nest.zip", inner]]))).status;
});
await bounded("2^32 parts", 32, () => refused("many.xlsx", XLSX, zip(sheet, 2 ** 32)));
await bounded("6,000 parts", 32, () => refused("parts.xlsx", XLSX, zip([...sheet,
	...Array.from({ length: 6000 }, (_, i) => [`xl/${i}`, Buffer.alloc(0)])])));
await bounded("entities of XML", 32, async () => {
	const laughs = `<!DOCTYPE a [<!ENTITY a "${"x".repeat(1000)}">${Array.from({ length: 20 }, (_, i) =>
		`<!ENTITY a${i} "${`&a${i ? i - 1 : ""};`.repeat(10)}">`).join("")}]><a>&a19;</a>`;
	const { status, body } = await send("laughs.xlsx", XLSX, zip([sheet[0],
		["xl/workbook.xml", Buffer.from(laughs)]]));
	assert.equal(status, 201, body.error); // kept as it is: nothing reads it
	return status;
});
await bounded("what is not what its name says", 32, async () => {
	const all = [["a.pdf", "application/pdf", "<html><script>alert(1)</script>"],
		["a.png", "image/png", "%PDF-1.7\n%%EOF"], ["a.pdf", "application/pdf", "MZ\x90\x00"],
		["a.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"],
		["a.html", "text/html", "<p>"], ["a.jpg", "image/jpeg", "GIF89a"], ["a.xlsx", XLSX, "PK"],
		["a.txt", "text/plain", "a\0b"], ["a.csv", "text/csv", "\xff\xfe"], ["", "", ""]];
	for (const [name, type, text] of all)
		await refused(name, type, Buffer.from(text, "latin1"));
	return `${all.length} refused`;
});

// Bytes as they are; the status, or "closed".
function raw(text, { body, every = 0, chunk = 65536, patience = SECONDS } = {}) {
	return new Promise((done) => {
		const socket = net.connect(port, hostname);
		let said = "", sent = 0, timer;
		const end = () => {
			clearInterval(timer);
			clearTimeout(limit);
			socket.destroy();
			done(said ? Number(said.split(" ")[1]) : "closed");
		};
		const limit = setTimeout(() => { said ||= "x open"; end(); }, patience * 1000);
		const more = () => {
			while (body && sent < body.length && !socket.destroyed) {
				const piece = body.subarray(sent, sent += chunk);
				if (!socket.write(piece))
					return;
			}
		};
		socket.on("data", (bytes) => { said += bytes; if (said.includes("\r\n\r\n")) end(); });
		socket.on("error", end);
		socket.on("close", end);
		socket.on("drain", more);
		socket.write(text);
		if (every)
			timer = setInterval(() => socket.write(body.subarray(sent, ++sent)), every);
		else
			more();
	});
}
const post = (path, extra, more = "") => `POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\n${extra}\r\n${more}\r\n`;
const auth = `Authorization: Bearer ${token}\r\n`;
const cut = (status) => assert.ok(["closed", 400, 401, 403, 404, 413, 414, 431, 503].includes(status), `${status}`);
const files = `/api/v1/desk/${ref}/form/${section}/files`;

await bounded("64 MiB of JSON that say so", 8, async () => {
	const status = await raw(post("/api/v1/desk", `${auth}Content-Length: ${64 * MIB}`,
		"Content-Type: application/json\r\n"), { body: zeros(64) });
	cut(status);
	return status;
});
await bounded("64 MiB in chunks", 8, async () => {
	const piece = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65536), Buffer.from("\r\n")]);
	const status = await raw(post("/api/v1/desk", `${auth}Transfer-Encoding: chunked`,
		"Content-Type: application/json\r\n"), { body: Buffer.concat(Array(1024).fill(piece)) });
	cut(status);
	return status;
});
await bounded("30 MiB of files by nobody", 8, async () => {
	const status = await raw(post(files, `Content-Length: ${30 * MIB}`,
		"Content-Type: multipart/form-data; boundary=b\r\n"), { body: zeros(30) });
	cut(status);
	return status;
});
await bounded("a form of 600,000 parts", 80, async () => {
	const body = Buffer.concat([Buffer.from(
		'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(600000)), Buffer.from("--b--\r\n")]);
	const status = await raw(post(files, `${auth}Content-Length: ${body.length}`,
		"Content-Type: multipart/form-data; boundary=b\r\n"), { body });
	cut(status);
	return status;
});
await bounded("a boundary that is nearly there, 30 MiB long", 80, async () => {
	const body = Buffer.alloc(30 * MIB, `\r\n--${"b".repeat(69)}c`);
	const status = await raw(post(files, `${auth}Content-Length: ${body.length}`,
		`Content-Type: multipart/form-data; boundary=${"b".repeat(70)}\r\n`), { body });
	cut(status);
	return status;
});
await bounded("a form of 300,000 fields", 16, async () => {
	const body = Buffer.from("a=1&".repeat(250000));
	const status = await raw(post("/en/sign-in", `Content-Length: ${body.length}`,
		"Content-Type: application/x-www-form-urlencoded\r\n"), { body });
	cut(status);
	return status;
});
await bounded("JSON of a million numbers", 128, async () => {
	const answer = await fetch(`${origin}/api/v1/desk`, { method: "POST", headers: json,
		body: `{"title":[${"1,".repeat(500000)}1]}` });
	assert.equal(answer.status, 400);
	return answer.status;
});
await bounded("headers without end", 16, async () => {
	const status = await raw("GET /en/ HTTP/1.1\r\nHost: here\r\n", { body: Buffer.from("X-A: b\r\n".repeat(500000)) });
	cut(status);
	return status;
});
await bounded("a header of 8 MiB", 16, async () => {
	const status = await raw("GET /en/ HTTP/1.1\r\nHost: here\r\nX-A: ", { body: Buffer.alloc(8 * MIB, "a") });
	cut(status);
	return status;
});
await bounded("an address of 8 MiB", 16, async () => {
	const status = await raw("GET /en/?", { body: Buffer.alloc(8 * MIB, "a") });
	cut(status);
	return status;
});
await bounded("150 that send a byte now and then", 32, async () => {
	const slow = Array.from({ length: 75 }, () => [
		raw("GET /en/ HTTP/1.1\r\n", { body: Buffer.alloc(1000, "X"), every: 200, patience: 8 }),
		raw(post("/en/sign-in", "Content-Length: 1000",
			"Content-Type: application/x-www-form-urlencoded\r\n"),
		{ body: Buffer.alloc(1000, "a"), every: 200, patience: 8 })]).flat();
	for (let i = 0; i < 20; i++) {
		await new Promise((done) => setTimeout(done, 200));
		await meanwhile();
	}
	await Promise.all(slow);
	return `${slow.length} held`;
});
assert.ok(slowest < 5000, `a page took ${slowest} ms`);
console.log(`the slowest page meanwhile: ${slowest} ms; ${Math.round(peak())} MiB at most`);
process.exit(0);
