// portal_oidc.mjs ORIGIN ISSUER OUTBOX PICTURES
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inspect, openBrowser } from "./portal_people.mjs";
import { code } from "./totp.mjs";

const [origin, issuer, outbox, pictures] = process.argv.slice(2);
const browser = await openBrowser();
const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
const page = await context.newPage();
const complaints = [];
const away = (text) => `main button:has-text("${text}")`;

page.on("console", (message) => complaints.push(`${page.url()}: ${message.text()}`));
page.on("pageerror", (error) => complaints.push(String(error)));

const look = (name) => inspect(page, `${pictures}/oidc_${name}.png`);

function link_of(number) {
	const text = readFileSync(`${outbox}/${String(number).padStart(6, "0")}.eml`, "utf8");
	const mail = Buffer.from(text.split("\r\n\r\n")[1], "base64").toString("utf8");
	return origin + mail.match(/https?:\/\/[^/]+(\/\S+)/)[1];
}

// There and back, as whoever is told.
async function prove(button, email, acr) {
	await page.click(away(button));
	await page.waitForURL(`${issuer}/authorize*`);
	await page.fill("[name=email]", email);
	await page.fill("[name=acr]", acr);
	await page.click("button");
	await page.waitForURL((url) => url.origin === origin);
}

async function sign_out() {
	await page.click(".out button");
	await page.waitForURL(/\/(en|fr)\/?$/);
}

// Nobody is let in who was not invited, nor by the address of another's invitation.
await page.goto(`${origin}/fr/sign-in`);
await look("fr_sign_in");
await prove("Connexion nationale", "applicant@hub.example", "eidas3");
assert.match(await page.textContent("main"), /aucun compte ouvert/);
await look("fr_unknown");
await page.goto(link_of(2));
await look("fr_invitation");
await prove("Connexion nationale", "other@hub.example", "eidas3");
assert.match(await page.textContent("main"), /envoyée à une autre adresse/);

// Invited and recognised at a strong level: no password, no code.
await page.goto(link_of(2));
await prove("Connexion nationale", "Applicant@Hub.example", "eidas2");
assert.equal(page.url(), link_of(2));
assert.equal(await page.locator("#password, #code").count(), 0);
await look("fr_recognised");
await page.click("main form button:has-text('Créer')");
assert.equal(await page.locator(".codes li").count(), 10);
await page.click("main a.button");
assert.match(await page.textContent("dl"), /substantiel · eidas2 · Connexion nationale/);
await look("fr_own");
await sign_out();

// Again; sensitive acts are confirmed there too, and one signs out there.
await page.goto(`${origin}/fr/sign-in?next=/account`);
await prove("Connexion nationale", "Applicant@Hub.example", "eidas2");
assert.equal(page.url(), `${origin}/fr/account`);
await page.goto(`${origin}/fr/sign-in/code?next=/account/tokens`);
await look("fr_confirm");
await prove("Connexion nationale", "Applicant@Hub.example", "eidas2");
assert.equal(page.url(), `${origin}/fr/account/tokens`);
const out = page.waitForRequest((request) => request.url().startsWith(`${issuer}/out?`));
await sign_out();
assert.match((await out).url(), /post_logout_redirect_uri=http%3A%2F%2Flocalhost/);

// The other has a password and an app; links; at a weak level the code is still asked for.
await page.goto(link_of(1));
const secret = (await page.textContent("code.secret")).replaceAll(" ", "");
await page.fill("#password", "quatre mots bien choisis");
await page.fill("#code", code(secret, Math.floor(Date.now() / 30000) - 1));
await page.click("main form:has(#code) button");
await page.click("main a.button");
await look("own");
await prove("National Login", "admin@elsewhere.example", "eidas1");
assert.equal(page.url(), `${origin}/en/account`);
assert.ok(await page.isVisible(away("No longer sign in with")));
await sign_out();
await page.goto(`${origin}/en/sign-in`);
await prove("National Login", "admin@elsewhere.example", "eidas1");
assert.match(page.url(), /\/en\/sign-in\/code\?next=/);
await page.fill("#code", code(secret));
await page.click("main form:has(#code) button");
await page.waitForURL(`${origin}/en/account`);
assert.match(await page.textContent("dl"), /low · eidas1/);
await page.click(away("No longer sign in with"));
assert.ok(await page.isVisible(away("Sign in with National Login")));
await page.setViewportSize({ width: 380, height: 800 });
await look("narrow");

// An answer that nobody asked for.
await page.goto(`${origin}/oidc/return?code=x&state=y&iss=${encodeURIComponent(issuer)}`);
assert.match(await page.textContent("main"), /not begun here|pas commencé ici/);
await look("forged");

assert.deepEqual(complaints.filter((c) => !c.startsWith(issuer) &&
	!/status of 422|Clear-Site-Data/.test(c)), []);
await browser.close();
