/* Clerical review in a page: nothing leaves it but the labels, as a file, when the reader saves. */
(() => {
	"use strict";

	const data = JSON.parse(document.getElementById("review-data").textContent);
	const text = data.texts;
	const byId = (id) => document.getElementById(id);
	/* One place a page: two readers of two files do not see each other's answers. */
	const place = `hygie-review ${data.draw} ${location.pathname}`;
	const answers = data.pairs.map((pair) => pair.answer);
	const alike = ["page_same", "page_spelling", "page_different", "page_missing"];
	const signs = ["=", "~", "≠", "–"];
	let at = 0;
	let unsaved = 0;

	/* Answers: 0 open, 1 one person, 2 two persons, 3 cannot say. */
	function remember() {
		try {
			localStorage.setItem(place, answers.join(""));
		} catch {
			/* a browser that keeps nothing: the file is what counts */
		}
	}

	function recall() {
		let kept = null;

		try {
			kept = localStorage.getItem(place);
		} catch {
			return;
		}
		if (!kept || kept.length !== answers.length || !/^[0-3]*$/.test(kept))
			return;
		for (let i = 0; i < kept.length; i++) {
			if (kept[i] !== "0" && Number(kept[i]) !== answers[i]) {
				answers[i] = Number(kept[i]);
				unsaved++;
			}
		}
	}

	function addValue(cell, runs) {
		if (runs.length === 0) {
			const missing = document.createElement("span");

			missing.className = "gone";
			missing.textContent = text.page_absent;
			cell.append(missing);
		}
		for (const [piece, mark] of runs) {
			if (mark === 0) {
				cell.append(piece);
				continue;
			}
			const span = document.createElement("mark");

			span.className = mark === 1 ? "spelling" : "differs";
			span.textContent = piece;
			cell.append(span);
		}
	}

	function addRow(body, field, [level, left, right]) {
		const row = body.insertRow();
		const name = document.createElement("th");
		const sign = document.createElement("td");

		name.scope = "row";
		name.textContent = field;
		sign.className = `alike alike-${level}`;
		sign.textContent = `${signs[level]} ${text[alike[level]]}`;
		row.append(name);
		addValue(row.insertCell(), left);
		addValue(row.insertCell(), right);
		row.append(sign);
	}

	function show() {
		const pair = data.pairs[at];
		const body = byId("pair").tBodies[0];
		const done = answers.filter((answer) => answer > 0).length;

		body.replaceChildren();
		data.fields.forEach((field, i) => addRow(body, field, pair.cells[i]));
		byId("head-a").textContent = pair.heads[0];
		byId("head-b").textContent = pair.heads[1];
		byId("where").textContent = `${text.pair} ${at + 1} ${text.of} ${answers.length}`;
		byId("done").textContent = `${done} ${text.of} ${answers.length} ${text.answered}`;
		byId("bar").max = answers.length;
		byId("bar").value = done;
		byId("unsaved").textContent = unsaved ? `${unsaved} ${text.page_unsaved}` : "";
		byId("finished").hidden = done < answers.length;
		for (const button of document.querySelectorAll("[data-answer]"))
			button.setAttribute("aria-pressed",
				String(Number(button.dataset.answer) === answers[at]));
		byId("previous").disabled = at === 0;
		byId("next").disabled = at === answers.length - 1;
	}

	function move(to) {
		at = Math.max(0, Math.min(answers.length - 1, to));
		show();
	}

	function firstOpen(from) {
		for (let i = 0; i < answers.length; i++) {
			const j = (from + i) % answers.length;

			if (answers[j] === 0)
				return j;
		}
		return Math.min(from, answers.length - 1);
	}

	function answer(value) {
		if (answers[at] !== value)
			unsaved++;
		answers[at] = value;
		remember();
		move(firstOpen(at + 1));
	}

	/* As lib/io writes it: quoted where it must be. */
	const quoted = (field) => /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
	const score = ["", "1", "0", ""];
	/* What an answer stands for would tell the stratum: hygie fills it in. */
	const columns = ["source_l", "id_l", "source_r", "id_r", "clerical_match_score",
		"stands_for", "draw"];

	function labels() {
		const rows = [columns];

		data.pairs.forEach((pair, i) => {
			if (answers[i] > 0)
				rows.push([...pair.records, score[answers[i]], "", data.draw]);
		});
		return rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");
	}

	function save() {
		const link = document.createElement("a");

		link.href = URL.createObjectURL(new Blob([labels()], { type: "text/csv" }));
		link.download = "labels.csv";
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 10000);
		unsaved = 0;
		show();
	}

	/* Rows of fields; a quote inside quotes is doubled. */
	function parse(csv) {
		const rows = [];

		for (const line of csv.matchAll(/((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|$|(?=\r?\n)))+/g)) {
			const fields = [...line[0].matchAll(/"((?:[^"]|"")*)"(?:,|$)|([^",\r\n]*)(?:,|$)/g)]
				.map((m) => m[1]?.replaceAll('""', '"') ?? m[2]);

			if (line[0] !== "")
				rows.push(fields);
		}
		return rows;
	}

	async function load(file) {
		const places = new Map(data.pairs.map((pair, i) => [pair.records.join("\t"), i]));
		const said = { 1: 1, 0: 2, "": 3 };
		const [head, ...rows] = parse(await file.text());
		let count = 0;

		if (columns.every((name, i) => head?.[i] === name))
			for (const row of rows) {
				const i = places.get(row.slice(0, 4).join("\t"));

				if (i === undefined || row[6] !== data.draw || !(row[4] in said))
					continue;
				answers[i] = said[row[4]];
				count++;
			}
		byId("loaded").textContent = count ? `${count} ${text.page_loaded}` : text.page_refused;
		remember();
		move(firstOpen(0));
	}

	const keys = {
		y: () => answer(1), o: () => answer(1), n: () => answer(2), "?": () => answer(3),
		b: () => move(at - 1), r: () => move(at - 1), ArrowLeft: () => move(at - 1),
		f: () => move(at + 1), s: () => move(at + 1), ArrowRight: () => move(at + 1),
	};

	document.addEventListener("keydown", (event) => {
		const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];

		if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
			return;
		event.preventDefault();
		act();
	});
	for (const button of document.querySelectorAll("[data-answer]"))
		button.addEventListener("click", () => answer(Number(button.dataset.answer)));
	byId("previous").addEventListener("click", () => move(at - 1));
	byId("next").addEventListener("click", () => move(at + 1));
	byId("first-open").addEventListener("click", () => move(firstOpen(0)));
	byId("save").addEventListener("click", save);
	byId("load").addEventListener("change", (event) => {
		if (event.target.files[0])
			load(event.target.files[0]);
		event.target.value = "";
	});
	byId("forget").addEventListener("click", () => {
		localStorage.removeItem(place);
		data.pairs.forEach((pair, i) => { answers[i] = pair.answer; });
		unsaved = 0;
		move(firstOpen(0));
	});
	window.addEventListener("beforeunload", (event) => {
		if (unsaved)
			event.preventDefault();
	});
	recall();
	byId("review").hidden = false;
	move(firstOpen(0));
	document.documentElement.dataset.drawn = "yes";
})();
