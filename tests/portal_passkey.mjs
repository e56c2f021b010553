// portal_passkey.mjs ORIGIN OUTBOX PICTURES
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { inspect, openBrowser, password } from "./portal_people.mjs";
import { code } from "./totp.mjs";

const [origin, outbox, pictures] = process.argv.slice(2);
const browser = await openBrowser();
const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
const page = await context.newPage();
const cdp = await context.newCDPSession(page);
const complaints = [];

page.on("console", (message) => complaints.push(`${page.url()}: ${message.text()}`));
page.on("pageerror", (error) => complaints.push(String(error)));

const look = (name) => inspect(page, `${pictures}/passkey_${name}.png`);

async function plug_in(verified) {
	const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2", transport: "usb", hasResidentKey: true,
			hasUserVerification: true, isUserVerified: verified,
		},
	});
	return authenticatorId;
}

const keys = (authenticatorId) => cdp.send("WebAuthn.getCredentials", { authenticatorId })
	.then((answer) => answer.credentials);

async function sign_out() {
	await page.click(".out button");
	await page.waitForURL(/\/(en|fr)\/?$/);
}

async function give_password() {
	await page.goto(`${origin}/en/sign-in`);
	await page.fill("#email", "admin@hub.example");
	await page.fill("#password", password);
	await page.click("form:not([data-key]) button:has-text('Continue')");
	await page.waitForURL(/sign-in\/code/);
}

// Invited, with the app.
await cdp.send("WebAuthn.enable");
const mails = readdirSync(outbox).sort();
const text = readFileSync(`${outbox}/${mails.at(-1)}`, "utf8").split("\r\n\r\n")[1];
const link = Buffer.from(text, "base64").toString().match(/https?:\/\/[^/]+(\/\S+)/)[1];
await page.goto(origin + link);
const secret = (await page.textContent("code.secret")).replaceAll(" ", "");
await page.fill("#password", password);
await page.fill("#code", code(secret));
await page.click("main button");
await page.click("main a.button");

// A key is added and named.
let authenticator = await plug_in(true);
await page.goto(`${origin}/en/account/keys`);
await look("none");
await page.fill("[data-key] #name", "blue key");
await page.click("[data-key] button");
await page.waitForSelector("table");
assert.equal(await page.inputValue("td [name=name]"), "blue key");
assert.match(await page.textContent("tbody"), /alone/);
assert.equal((await keys(authenticator)).length, 1);
assert.equal((await keys(authenticator))[0].rpId, "localhost");
await page.fill("td [name=name]", "green key");
await page.click("td >> text=Rename");
assert.equal(await page.inputValue("td [name=name]"), "green key");
await look("one");

// The same key again: the browser knows.
await page.fill("[data-key] #name", "again");
await page.click("[data-key] button");
await page.waitForSelector("[role=status]:not([hidden])");
assert.match(await page.textContent("[role=status]"), /already/);
await look("again");

// Alone.
await sign_out();
await page.goto(`${origin}/en/sign-in?next=/account/keys`);
await look("sign_in");
await page.click("text=Sign in with a passkey");
await page.waitForURL(`${origin}/en/account/keys`);
assert.match(await page.textContent("tbody"), /UTC/);

// After the password.
await sign_out();
await give_password();
await look("second");
await page.click("text=Use a key instead");
await page.waitForURL(`${origin}/en/account`);

// Not without being verified.
await sign_out();
await cdp.send("WebAuthn.setUserVerified", { authenticatorId: authenticator, isUserVerified: false });
await page.goto(`${origin}/fr/sign-in`);
await page.click("[data-key] button");
await page.waitForSelector("[role=status]:not([hidden])");
await look("fr_not_verified");
await cdp.send("WebAuthn.setUserVerified", { authenticatorId: authenticator, isUserVerified: true });

// A copy of the key, with the counter of the past.
const [copied] = await keys(authenticator);
await page.goto(`${origin}/fr/sign-in`);
await page.click("[data-key] button");
await page.waitForURL(`${origin}/fr/account`);
await sign_out();
await cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: authenticator });
authenticator = await plug_in(true);
await cdp.send("WebAuthn.addCredential", {
	authenticatorId: authenticator, credential: { ...copied, signCount: 1 },
});
await page.goto(`${origin}/fr/sign-in`);
await page.click("[data-key] button");
await page.waitForSelector("[role=alert]");
assert.match(await page.textContent("[role=alert]"), /pas été acceptée/);
await look("fr_refused");

// With the app, and the page says so; then it is removed.
await page.goto(`${origin}/fr/sign-in`);
await page.fill("#email", "admin@hub.example");
await page.fill("#password", password);
await page.click("form:not([data-key]) button:has-text('Continuer')");
await page.waitForURL(/sign-in\/code/);
await page.fill("#code", code(secret, Math.floor(Date.now() / 30000) + 1));
await page.click("form:not([data-key]) button:has-text('Continuer')");
await page.waitForURL(`${origin}/fr/account`);
await page.goto(`${origin}/fr/account/keys`);
assert.match(await page.textContent("tbody"), /comme s’il en existait une copie/);
await look("fr_copied");
await page.setViewportSize({ width: 380, height: 800 });
await look("fr_narrow");
await page.click("text=Retirer");
assert.equal(await page.locator("table").count(), 0);
await page.emulateMedia({ colorScheme: "dark" });
await look("fr_dark");

// Without scripts, the app is there, and nothing that needs them.
const plain = await browser.newContext({ javaScriptEnabled: false });
const quiet = await plain.newPage();
await quiet.goto(`${origin}/en/sign-in`);
assert.equal(await quiet.isVisible("[data-key]"), false);
assert.equal(await quiet.isVisible("#password"), true);

assert.deepEqual(complaints.filter((c) => !/status of 422|Clear-Site-Data/.test(c)), []);
await browser.close();
