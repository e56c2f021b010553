/* The search box of a page: every table keeps the rows that hold each word typed. */
(() => {
	"use strict";

	const box = document.getElementById("search");
	const input = box.querySelector("input");
	const output = box.querySelector("output");
	/* Without accents and capitals: "debut" finds "Début". */
	const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

	const tables = [...document.querySelectorAll("table[data-id]")].map((table) => ({
		fold: table.closest("details"),
		whole: table.closest("details") ?? table.closest("section"),
		rows: [...table.tBodies[0].rows].map((row) => ({
			row,
			text: plain([...row.cells].map((cell) => cell.textContent).join(" ")),
		})),
	}));

	function show(table, words) {
		let hits = 0;

		for (const { row, text } of table.rows) {
			const hit = words.every((word) => text.includes(word));

			row.hidden = !hit;
			hits += hit;
		}
		table.whole.hidden = words.length > 0 && hits === 0;
		if (table.fold)
			table.fold.open = words.length > 0 && hits > 0;
		return hits;
	}

	const rowsFor = (hits) => hits === 1 ? document.body.dataset.row ?? "row" :
		document.body.dataset.rows ?? "rows";

	function search() {
		const words = plain(input.value).split(/\s+/).filter((word) => word);
		const hits = tables.reduce((sum, table) => sum + show(table, words), 0);

		for (const figure of document.querySelectorAll("figure"))
			figure.hidden = words.length > 0;
		output.textContent = words.length === 0 ? "" :
			`${hits.toLocaleString("en").replaceAll(",", "\u202F")} ${rowsFor(hits)}`;
	}

	let waiting = 0;

	input.addEventListener("input", () => {
		clearTimeout(waiting);
		waiting = setTimeout(search, 120);
	});
	box.hidden = false;
})();
