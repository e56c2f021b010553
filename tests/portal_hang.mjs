// A provider that takes calls and does not answer, without a browser: the hub's other pages do not
// wait for it, whoever goes there is told what to do, and one call is made for all.
const [site, issuer] = process.argv.slice(2);
const AT_ONCE = 14; // more than the server has threads
const PATIENCE = 10000; // of one call (oidc_web.h)

function must(right, what) {
	if (!right) {
		console.error(`portal_hang: ${what}`);
		process.exit(1);
	}
}

const control = async (what) => (await fetch(`${issuer}/hang?${what}`)).json();

// A form of the page, sent as the browser would; what is fresh has its own cookie.
async function person() {
	const page = await fetch(`${site}/en/sign-in`);
	const cookie = page.headers.getSetCookie()[0].split(";")[0];
	const csrf = (await page.text()).match(/name="csrf" value="([^"]+)"/)[1];
	return { cookie, csrf };
}

async function begin(who) {
	const began = Date.now();
	const answer = await fetch(`${site}/en/sign-in/provider`, {
		method: "POST", redirect: "manual", headers: { Cookie: who.cookie },
		body: new URLSearchParams({ csrf: who.csrf, next: "/" }),
	});
	return { status: answer.status, text: await answer.text(), ms: Date.now() - began };
}

async function quick(times) {
	let slowest = 0;
	for (let i = 0; i < times; i++) {
		const began = Date.now();
		const answer = await fetch(`${site}/en/`, { headers: { Connection: "close" } });
		must(answer.status === 200, `the first page: ${answer.status}`);
		await answer.text();
		slowest = Math.max(slowest, Date.now() - began);
	}
	return slowest;
}

// Nothing is known of it, and it hangs.
await control("/.well-known");
const people = await Promise.all(Array.from({ length: AT_ONCE }, person));
const waiting = Promise.all(people.map(begin));
await new Promise((go) => setTimeout(go, 500));
const slowest = await quick(60);
must(slowest < PATIENCE / 2, `a page took ${slowest} ms while the provider hung`);
for (const one of await waiting) {
	must(one.status === 422, `a sign-in by it: ${one.status}`);
	must(one.text.includes("the provider does not answer") && one.text.includes("another way"),
		"nobody is told what to do");
	must(one.ms < PATIENCE * 1.6, `told after ${one.ms} ms`);
}
const again = await begin(people[0]);
must(again.status === 422 && again.ms < PATIENCE / 2, `the next one waited ${again.ms} ms`);
const asked = await control("");
must(asked["/.well-known/openid-configuration"] === 1,
	`asked ${JSON.stringify(asked)} for ${AT_ONCE} people`);

// It answers again: so do we, a moment later.
await new Promise((go) => setTimeout(go, 5500));
const works = await begin(people[0]);
must(works.status === 200 && works.text.includes(`${issuer}/authorize?`), "it does not go on");

// It hangs when it should say who came.
await control("/token");
const addresses = await Promise.all(people.slice(0, 10).map(async (who) => {
	const { text } = await begin(who);
	const state = text.match(/state=([^&"]+)/)[1];
	return { who, back: `${site}/oidc/return?code=x&state=${state}&iss=${
		encodeURIComponent(issuer)}` };
}));
const backs = Promise.all(addresses.map(async ({ who, back }) => {
	const answer = await fetch(back, { redirect: "manual", headers: { Cookie: who.cookie } });
	return { status: answer.status, text: await answer.text() };
}));
await new Promise((go) => setTimeout(go, 500));
const still = await quick(60);
must(still < PATIENCE / 2, `a page took ${still} ms while ten answers were waited for`);
for (const one of await backs)
	must(one.status === 422 && one.text.includes("the provider does not answer"),
		`an answer that did not come: ${one.status}`);
await control("");
console.log(`slowest page ${Math.max(slowest, still)} ms`);
