// portal_account.mjs ORIGIN OUTBOX PICTURES
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { inspect, openBrowser } from "./portal_people.mjs";
import { code } from "./totp.mjs";

const [origin, outbox, pictures] = process.argv.slice(2);
const browser = await openBrowser();
const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
const page = await context.newPage();
const complaints = [];
const elsewhere = [];

page.on("console", (message) => complaints.push(`${page.url()}: ${message.text()}`));
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("request", (request) => {
	if (!request.url().startsWith(origin) && !request.url().startsWith("data:"))
		elsewhere.push(request.url());
});

// Each code works once, and the step behind is taken too: two codes in half a minute.
let used = 0;
async function next_code(secret) {
	for (;;) {
		const now = Math.floor(Date.now() / 30000);
		const step = Math.max(used + 1, now - 1);
		if (step <= now + 1) {
			used = step;
			return code(secret, step);
		}
		await new Promise((done) => setTimeout(done, 500));
	}
}

const look = (name) => inspect(page, `${pictures}/account_${name}.png`);

function link_of(number) {
	const text = readFileSync(`${outbox}/${String(number).padStart(6, "0")}.eml`, "utf8");
	const mail = Buffer.from(text.split("\r\n\r\n")[1], "base64").toString("utf8");
	const path = mail.match(/https?:\/\/[^/]+(\/\S+)/)[1];
	return { mail, url: origin + path };
}

async function sent(number) {
	for (let i = 0; i < 100 && readdirSync(outbox).length < number; i++)
		await new Promise((done) => setTimeout(done, 100));
	return link_of(number);
}

// Invited: the picture says what stands below it, a weak password is refused.
await page.goto(link_of(1).url);
const uri = await page.getAttribute("a[href^='otpauth:']", "href");
await page.locator(".qr").screenshot({ path: `${pictures}/account_qr.png` });
assert.equal(execFileSync("zbarimg", ["--quiet", "--raw", `${pictures}/account_qr.png`]).toString()
	.trim(), uri);
const secret = (await page.textContent("code.secret")).replaceAll(" ", "");
assert.equal(new URL(uri).searchParams.get("secret"), secret);
await look("invitation");
await page.fill("#password", "motdepasse2026");
await page.fill("#code", code(secret));
await page.click("main button");
assert.match(await page.textContent("[role=alert]"), /everybody tries/);
await look("invitation_refused");
await page.fill("#password", "quatre mots bien choisis");
await page.fill("#code", await next_code(secret));
await page.click("main button");
assert.equal(await page.locator(".codes li").count(), 10);
const recovery = await page.textContent(".codes li");
await look("recovery");
await page.click("main a.button");
assert.match(await page.textContent("dl"), /Administrator/);
await look("own");

// The link is worth nothing any more.
assert.equal((await page.goto(link_of(1).url)).status(), 410);

// Somebody else is invited, in French.
await page.goto(`${origin}/en/admin/accounts`);
await page.fill("#name", "Élève Deux");
await page.fill("#email", "zoe@hub.example");
await page.fill("#organisation", "CHU d’essai");
await page.selectOption("#role", "member");
await page.fill("#scope", "committee/esnd");
await page.click("main form:last-of-type button");
assert.match(await page.textContent("main"), /Élève Deux/);
await look("people");
const mail = await sent(2);
assert.match(mail.mail, /Bonjour Élève Deux/);

// A token, and what it opens.
await page.goto(`${origin}/en/account/tokens`);
await page.fill("#name", "script");
await page.check("[value='account:read']");
await page.click("main > form button");
const token = await page.textContent("code.secret");
const answer = await fetch(`${origin}/api/v1/account`, {
	headers: { Authorization: `Bearer ${token}` },
});
assert.equal((await answer.json()).email, "admin@hub.example");
await look("tokens");
await page.goto(`${origin}/en/account/sessions`);
assert.equal(await page.locator("tbody tr").count(), 1);
await look("sessions");

// Out, and in again: wrong, then right, with a recovery code.
await page.click(".out button");
await page.goto(`${origin}/fr/account/sessions`);
assert.match(page.url(), /\/fr\/sign-in\?next=/);
await page.fill("#email", "admin@hub.example");
await page.fill("#password", "quatre mots mal choisis");
await page.click("main button");
assert.match(await page.textContent("[role=alert]"), /pas correct/);
await look("fr_sign_in");
await page.fill("#password", "quatre mots bien choisis");
await page.click("main button");
await look("fr_code");
await page.fill("#code", recovery);
await page.click("main button");
assert.equal(page.url(), `${origin}/fr/account/sessions`);
await look("fr_sessions");
await page.goto(`${origin}/fr/account`);
assert.match(await page.textContent("dl"), /9/);
await look("fr_own");
await page.click(".out button");

// The French invitation; then a forgotten password.
used = 0;
await page.goto(mail.url);
const her_secret = (await page.textContent("code.secret")).replaceAll(" ", "");
await look("fr_invitation");
await page.fill("#password", "cinq mots encore mieux choisis");
await page.fill("#code", await next_code(her_secret));
await page.click("main button");
await page.click("main a.button");
assert.match(await page.textContent("dl"), /Membre de comité · committee\/esnd/);
assert.equal((await page.goto(`${origin}/fr/admin/accounts`)).status(), 403);
await look("fr_refused");
await page.click(".out button");
await page.goto(`${origin}/fr/forgotten`);
await page.fill("#email", "zoe@hub.example");
await page.click("main button");
assert.match(await page.textContent("[role=status]"), /en route/);
await look("fr_forgotten");
const reset = await sent(3);
await page.goto(reset.url);
await look("fr_reset");
await page.fill("#password", "six mots tout neufs et bien choisis");
await page.fill("#code", await next_code(her_secret));
await page.click("main button");
assert.equal(page.url(), `${origin}/fr/sign-in`);
await page.fill("#email", "zoe@hub.example");
await page.fill("#password", "six mots tout neufs et bien choisis");
await page.click("main button");
await page.fill("#code", await next_code(her_secret));
await page.click("main button");
assert.equal(page.url(), `${origin}/fr/desk`);

// Narrow, as on a phone.
await page.setViewportSize({ width: 380, height: 800 });
await look("fr_narrow");

// Browsers tell of pages with an error status, and that they cleared what they were told to.
assert.deepEqual(complaints.filter((c) =>
	!/status of (403|410|422)|Clear-Site-Data/.test(c)), []);
assert.deepEqual(elsewhere, []);
await browser.close();
