// issuer.mjs: a small OpenID provider for browser tests, by node alone. Answers on 127.0.0.1; says
// its address on stdout. Who signs in, and at what level, is what the page's form says. What its
// control says hangs: "/hang?/token" lets no call of /token have an answer, "/hang?" gives them.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer } from "node:http";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const codes = new Map();
let hangs = "", asked = {}, waiting = [];
const base64 = (value) => Buffer.from(value).toString("base64url");

function token(claims) {
	const text = `${base64(JSON.stringify({ alg: "ES256", typ: "JWT", kid: "k" }))}.${
		base64(JSON.stringify(claims))}`;
	return `${text}.${sign("sha256", text, { key: privateKey, dsaEncoding: "ieee-p1363" })
		.toString("base64url")}`;
}

function page(query) {
	const hidden = ["state", "nonce", "redirect_uri", "client_id", "code_challenge"].map((name) =>
		`<input type="hidden" name="${name}" value="${query.get(name)}">`).join("");
	return `<!DOCTYPE html><title>issuer</title><form action="/done">${hidden}
<input name="email"><input name="acr"><button>go</button></form>`;
}

function done(query, issuer, answer) {
	const code = randomBytes(16).toString("hex");
	const back = new URL(query.get("redirect_uri"));
	codes.set(code, query);
	back.search = new URLSearchParams({ code, state: query.get("state"), iss: issuer });
	answer.writeHead(303, { Location: back.href }).end();
}

function exchange(form, issuer) {
	const asked = codes.get(form.get("code"));
	codes.delete(form.get("code"));
	if (!asked || form.get("client_secret") !== "a secret of tests" ||
			createHash("sha256").update(form.get("code_verifier")).digest("base64url") !==
			asked.get("code_challenge"))
		return null;
	const now = Math.floor(Date.now() / 1000);
	return {
		access_token: "opaque", token_type: "Bearer",
		id_token: token({
			iss: issuer, aud: asked.get("client_id"), sub: `sub of ${asked.get("email")}`,
			iat: now, exp: now + 60, auth_time: now, nonce: asked.get("nonce"),
			acr: asked.get("acr"), email: asked.get("email"), email_verified: true,
			name: "Applicant One",
		}),
	};
}

const server = createServer(async (request, answer) => {
	const issuer = `http://127.0.0.1:${server.address().port}`;
	const url = new URL(request.url, issuer);
	const say = (value) => answer.writeHead(value ? 200 : 400,
		{ "Content-Type": "application/json" }).end(JSON.stringify(value ?? { error: "no" }));
	let body = "";

	for await (const piece of request)
		body += piece;
	if (url.pathname === "/hang") {
		hangs = url.search.slice(1);
		const before = asked;
		asked = {};
		waiting.splice(0).forEach((go) => go());
		return say(before);
	}
	asked[url.pathname] = (asked[url.pathname] ?? 0) + 1;
	if (hangs && url.pathname.startsWith(hangs))
		await new Promise((go) => waiting.push(go));
	if (url.pathname === "/.well-known/openid-configuration")
		say({
			issuer, authorization_endpoint: `${issuer}/authorize`,
			token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`,
			end_session_endpoint: `${issuer}/out`,
			authorization_response_iss_parameter_supported: true,
			token_endpoint_auth_methods_supported: ["client_secret_post"],
		});
	else if (url.pathname === "/keys")
		say({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", use: "sig" }] });
	else if (url.pathname === "/authorize")
		answer.writeHead(200, { "Content-Type": "text/html" }).end(page(url.searchParams));
	else if (url.pathname === "/done")
		done(url.searchParams, issuer, answer);
	else if (url.pathname === "/out" && url.searchParams.get("id_token_hint").startsWith("eyJ"))
		answer.writeHead(303, {
			Location: url.searchParams.get("post_logout_redirect_uri"),
		}).end();
	else
		say(url.pathname === "/token" ? exchange(new URLSearchParams(body), issuer) : null);
});

server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
