// People of a hub in browsers of their own, for the journeys: invited, signed in by password and
// code, again when their session has ended. The hub may live in another time than this machine: its
// clock is the file of libfaketime that tests/hub.sh names.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { code } from "./totp.mjs";

export const password = "quatre mots bien choisis";
const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
	"--disable-background-networking", "--disable-component-update"];
const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const DAY = 86400000;

export const openBrowser = () => chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });

// Nothing is wider than the window, once what is drawn follows it.
export const fits = (page) => page.waitForFunction(
	() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null,
	{ timeout: 10000 }).then(() => true, () => false);

// Nothing wider than the window; no violation of these rules of axe-core; a picture where they are
// kept. HYGIE_LOOK=no: the same pages were looked at a moment ago.
export async function inspect(page, file, more = []) {
	if (process.env.HYGIE_LOOK === "no")
		return;
	if (process.env.HYGIE_PICTURES)
		await page.screenshot({ path: file, fullPage: true });
	assert.ok(await fits(page), `${file} is wider than the window`);
	if (!await page.evaluate(() => window.axe !== undefined))
		await page.evaluate(axe);
	const found = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules }),
		["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", ...more]);
	assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], file);
}

// The way in that mail NUMBER of the hub's outbox tells.
export function invitation(origin, outbox, number) {
	const text = readFileSync(`${outbox}/${String(number).padStart(6, "0")}.eml`, "utf8");
	const mail = Buffer.from(text.split("\r\n\r\n")[1], "base64").toString("utf8");
	return origin + mail.match(/https?:\/\/[^/]+(\/\S+)/)[1];
}

// Password, the secret of the codes, recovery codes: the account is there.
export async function accept(page, address) {
	await page.goto(address);
	const secret = (await page.textContent("code.secret")).replaceAll(" ", "");
	await page.fill("#password", password);
	await page.fill("#code", code(secret));
	await page.click("main button");
	assert.equal(await page.locator(".codes li").count(), 10);
	return secret;
}

export class Clock {
	constructor(path, origin) {
		this.path = path;
		this.origin = origin;
		this.days = 0;
	}
	// Until three answers of the hub are of that time: it has several threads.
	async forward(days) {
		this.days += days;
		writeFileSync(this.path, `+${this.days * 86400}\n`);
		for (let tries = 0, there = 0; there < 3; tries++) {
			await new Promise((done) => setTimeout(done, 500));
			const answer = await fetch(`${this.origin}/robots.txt`);
			const ahead = Date.parse(answer.headers.get("date")) - this.now();
			there = Math.abs(ahead) < 60000 ? there + 1 : 0;
			assert.ok(tries < 60, `the hub is ${ahead} ms ahead`);
		}
	}
	now() {
		return Date.now() + this.days * DAY;
	}
	day(days) {
		return new Date(this.now() + days * DAY).toISOString().slice(0, 10);
	}
}

// The link of the last mail to an address, once the hub has sent it.
export async function link(outbox, email) {
	for (let i = 0; i < 240; i++) {
		const mails = existsSync(outbox) ?
			readdirSync(outbox).filter((name) => name.endsWith(".eml")).sort().reverse() : [];
		for (const name of mails) {
			const text = readFileSync(`${outbox}/${name}`, "utf8");
			const split = text.indexOf("\r\n\r\n");
			if (!text.slice(0, split).includes(`<${email}>`) &&
				!text.slice(0, split).includes(`To: ${email}`))
				continue;
			const mail = Buffer.from(text.slice(split), "base64").toString("utf8");
			const found = mail.match(/https?:\/\/[^/]+(\/\S*invitation\/\S+)/);
			if (found)
				return found[1];
		}
		await new Promise((done) => setTimeout(done, 500));
	}
	throw new Error(`no mail to ${email}`);
}

export class People {
	constructor({ origin, outbox, pictures, language, clock, judge }) {
		Object.assign(this, { origin, outbox, pictures, language, clock, judge });
		this.complaints = [];
		this.seen = 0;
	}
	async open() {
		this.browser = await openBrowser();
	}
	async page() {
		const context = await this.browser.newContext({ viewport: { width: 1000, height: 800 },
			locale: this.language === "fr" ? "fr-FR" : "en-GB" });
		const page = await context.newPage();
		page.on("pageerror", (error) => this.complaints.push(String(error)));
		page.on("console", (message) => /Content Security Policy/.test(message.text()) &&
			this.complaints.push(message.text()));
		return page;
	}
	// By the link of the mail: password, the secret of the codes, ten recovery codes.
	async arrive(email) {
		const page = await this.page();
		await page.goto(this.origin + await link(this.outbox, email));
		await this.look(page, "invitation");
		page.secret = (await page.textContent("code.secret")).replaceAll(" ", "");
		page.email = email;
		page.used = Math.floor(this.clock.now() / 30000);
		await page.fill("#password", password);
		await page.fill("#code", code(page.secret, page.used));
		await page.click("main button");
		assert.equal(await page.locator(".codes li").count(), 10, email);
		return page;
	}
	// A code works once: the next is of another half minute.
	async code(page) {
		let step = Math.floor(this.clock.now() / 30000);
		if (step <= page.used)
			step = page.used + 1;
		while (step - Math.floor(this.clock.now() / 30000) > 1)
			await page.waitForTimeout(500);
		page.used = step;
		return code(page.secret, step);
	}
	async signIn(page) {
		await page.goto(`${this.origin}/${this.language}/sign-in`);
		await page.fill("#email", page.email);
		await page.fill("#password", password);
		await page.click("main form button");
		await page.fill("#code", await this.code(page));
		await page.click("main form button");
		assert.match(page.url(), /\/(account|desk|holder)$/, page.email);
	}
	async go(page, path) {
		const answer = await page.goto(`${this.origin}/${this.language}${path}`);
		assert.equal(answer.status(), 200, path);
	}
	// A button of a form that works: the page that follows is no refusal.
	async press(page, button) {
		const [answer] = await Promise.all([page.waitForNavigation(), page.click(button)]);
		assert.equal(answer.status(), 200, `${button}: ${await page.textContent("main")}`);
	}
	// As inspect has it; and only the language of the page.
	async look(page, name) {
		const file = `${String(++this.seen).padStart(2, "0")}_${this.language}_${name}.png`;
		await inspect(page, `${this.pictures}/journey_${file}`);
		assert.equal(await page.getAttribute("html", "lang"), this.language, name);
		this.judge(await page.evaluate(() => document.body.innerText), name);
	}
}

const pieces = (text, into) => {
	if (Array.isArray(text))
		text.forEach((one) => pieces(one, into));
	else if (text && typeof text === "object") {
		if (typeof text.en === "string" && typeof text.fr === "string" && text.en !== text.fr)
			into.push([text.en, text.fr]);
		Object.values(text).forEach((one) => pieces(one, into));
	}
};

// judge(text, where): no text of ours stands there in the other language. Texts are those of po/fr.po
// and of the procedure and its form; of three words and more, so that none stands there by chance.
export function otherLanguage(language, procedure, form) {
	const pairs = [];
	for (const entry of readFileSync("po/fr.po", "utf8").split("\n\n")) {
		const text = (key) => [...(entry.match(new RegExp(`^${key} ((?:".*"\\n?)+)`, "m"))?.[1] ?? "")
			.matchAll(/"(.*)"/g)].map((m) => JSON.parse(`"${m[1]}"`)).join("");
		if (text("msgid") && text("msgstr"))
			pairs.push([text("msgid"), text("msgstr")]);
	}
	assert.ok(pairs.length > 300, `${pairs.length} texts`);
	for (const file of [`lib/desk/data/routes/${procedure}.json`, `lib/desk/data/forms/${form}.json`])
		pieces(JSON.parse(readFileSync(file, "utf8")), pairs);
	const others = pairs.map(([en, fr]) => language === "fr" ? [en, fr] : [fr, en])
		.filter(([other, own]) => other.split(/\s+/).length >= 3 && !own.includes(other));
	return (text, where) => {
		const flat = text.replace(/\s+/g, " ");
		const found = others.filter(([other]) => flat.includes(other.replace(/\s+/g, " ")));
		assert.deepEqual(found.map(([other]) => other), [], `${where}: in the other language`);
	};
}
