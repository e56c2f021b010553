// fillForm(page, base, file): fills in every section of an application as a person would without
// scripts: each question that is asked gets an answer, until nothing is missing.
// base is the address of the form: ORIGIN/fr/desk/REF/form.

const typed = {
	email: "a@example.org",
	tel: "01 23 45 67 89",
};

function textFor(input) {
	if (/\.from$/.test(input.name))
		return "2020-01-01";
	if (/\.to$/.test(input.name))
		return "2024-12-31";
	if (input.numeric)
		return "12";
	if (input.day)
		return "2029-03-26";
	return typed[input.type] ?? "Une réponse à cette question.";
}

async function answer(page, input, file) {
	const at = page.locator(`[id="${input.id}"]`);
	if (input.type === "file")
		await at.setInputFiles(file);
	else if (input.tag === "SELECT")
		await at.selectOption({ index: 1 });
	else if (input.type === "radio" || input.type === "checkbox")
		await at.check();
	else
		await at.fill(textFor(input));
}

// What is asked and has no answer yet: one of each group of choices.
const open = (inputs) => {
	const seen = new Set();
	return inputs.filter((input) => {
		const chosen = document.querySelector(`[name="${CSS.escape(input.name)}"]:checked`);
		if (input.type === "hidden" || chosen || seen.has(input.name))
			return false;
		if (input.type === "file" &&
			(input.closest(".field").querySelector(".files") || !input.ariaRequired))
			return false;
		if (/radio|checkbox/.test(input.type))
			seen.add(input.name);
		return /radio|checkbox|file/.test(input.type) || input.value === "";
	}).map((input) => ({
		id: input.id,
		name: input.name,
		type: input.type,
		tag: input.tagName,
		numeric: input.inputMode === "numeric",
		day: /2029-03-26/.test(input.closest(".field").querySelector(".hint")?.textContent),
	}));
};

export async function fillSection(page, file) {
	for (let round = 0; round < 5; round++) {
		const inputs = await page.$$eval(
			"form.filled .field input, form.filled .field select, form.filled .field textarea",
			open);
		if (inputs.length === 0 && round > 0)
			return;
		for (const input of inputs)
			await answer(page, input, file);
		await page.click(".buttons button[value=stay]");
	}
}

export async function fillForm(page, base, file) {
	await page.goto(base);
	const sections = await page.$$eval(".sections a", (all) => all.map((a) => a.href));
	for (const section of sections) {
		await page.goto(section);
		await fillSection(page, file);
	}
	await page.goto(base);
}
