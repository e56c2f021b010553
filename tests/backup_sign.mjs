// backup_sign.mjs FOLDER KEYS: sha256sums.signed of an unpacked backup, as the hub's owner signs it.
// By Node alone: C2SP signed-note over "ORIGIN/backup" and the SHA-256 of the sums.
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const [folder, keys] = process.argv.slice(2);
const sha256 = (...parts) => {
	const hash = createHash("sha256");
	parts.forEach((part) => hash.update(part));
	return hash.digest();
};
const conf = readFileSync(`${folder}/hub.conf`, "utf8");
const origin = conf.match(/^origin *= *(\S+)/m)?.[1] ?? "http://127.0.0.1:8080";
const name = `${origin.split("://")[1]}/audit`;
const secret = Buffer.from(readFileSync(`${keys}/audit.key`, "ascii").split(/\s/)[1], "base64");
const key = createPrivateKey({
	key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), // RFC 8410
		secret.subarray(0, 32)]),
	format: "der", type: "pkcs8",
});
const open = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
const text = `${name}/backup\n${sha256(readFileSync(`${folder}/sha256sums`)).toString("hex")}\n`;
const id = sha256(name, "\n\x01", open).subarray(0, 4);
const line = Buffer.concat([id, sign(null, text, key)]).toString("base64");
writeFileSync(`${folder}/sha256sums.signed`, `${text}\n\u2014 ${name} ${line}\n`);
