/* The page is complete without this: its tables say all. It draws two charts from the same data. */
(() => {
	"use strict";

	const place = document.getElementById("charts");
	const colour = (name) => {
		const probe = document.body.appendChild(document.createElement("span"));

		probe.style.color = `var(${name})`;
		const found = getComputedStyle(probe).color; // as the browser mixed it

		probe.remove();
		return found;
	};
	const config = () => ({
		background: null,
		font: getComputedStyle(document.body).fontFamily,
		view: { stroke: null },
		mark: { color: colour("--accent") },
		axis: {
			labelColor: colour("--ink"), titleColor: colour("--ink"),
			gridColor: colour("--line"), domainColor: colour("--line"),
			tickColor: colour("--line"), labelFontSize: 12, titleFontSize: 12, labelLimit: 260,
		},
		legend: { orient: "top", title: null, labelColor: colour("--ink"), labelLimit: 260, columns: 2 },
	});
	const translate = (table) => {
		const words = {};

		for (const row of document.querySelectorAll(`#${table} tbody tr`))
			for (const cell of row.cells)
				if (cell.dataset.word)
					words[cell.dataset.word] = cell.textContent;
		return words;
	};
	const charts = (labels) => [
		{ id: "months", table: "months", spec: {
			mark: "bar", height: 220,
			encoding: {
				x: { field: "month", type: "ordinal", title: null },
				y: { field: "deposed", type: "quantitative", title: labels.deposed,
					axis: { tickMinStep: 1, format: "d" } },
				color: { field: "kind", type: "nominal", sort: null },
			} } },
		{ id: "delays", table: "delays", spec: {
			encoding: { y: { field: "step", type: "nominal", title: null, sort: null } },
			layer: [
				{ mark: { type: "rule", strokeWidth: 3, color: colour("--accent") }, encoding: {
					x: { field: "median", type: "quantitative", title: labels.days,
						axis: { tickMinStep: 1, format: "d" } },
					x2: { field: "p90" } } },
				{ mark: { type: "point", filled: true, size: 70, color: colour("--accent") },
					encoding: { x: { field: "median", type: "quantitative" } } },
			] } },
	];

	async function draw() {
		const answer = await fetch(place.dataset.source);
		const report = await answer.json();

		for (const chart of charts(place.dataset)) {
			const figure = place.querySelector(`[data-chart="${chart.id}"]`);
			const table = report.tables.find((one) => one.id === chart.table);
			const words = translate(chart.table);

			if (!table || table.rows.length === 0)
				continue;
			const rows = table.rows.map((row) => Object.fromEntries(
				Object.entries(row).map(([key, value]) => [key, words[value] ?? value])));
			figure.hidden = false;
			const inner = figure.querySelector("div");
			await vegaEmbed(inner, { ...chart.spec, data: { values: rows }, width: "container",
				autosize: { type: "fit-x", contains: "padding" } },
				{ actions: false, ast: true, renderer: "canvas", defaultStyle: false,
					tooltip: false, config: config() });
			const canvas = inner.querySelector("canvas");

			canvas.setAttribute("role", "img");
			canvas.setAttribute("aria-label", figure.querySelector("figcaption").textContent);
		}
		document.documentElement.dataset.drawn = "yes";
	}

	draw();
})();
