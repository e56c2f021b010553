/* A report's page is complete without this: it draws charts, sorts, saves CSV. */
(() => {
	"use strict";

	const french = document.documentElement.lang === "fr";
	const say = (name, text) => document.body.dataset[name] ?? text;
	const written = (cell) => cell.dataset.value ?? cell.textContent;

	/* Colours are the style sheet's variables, so charts follow the theme and the printer. */
	const config = {
		aria: false,
		background: null,
		font: getComputedStyle(document.body).fontFamily,
		view: { stroke: null },
		/* A suppressed value is a gap, its year or group still stands on the axis. */
		mark: { color: "var(--series-1)", invalid: "break-paths-show-domains" },
		line: { strokeWidth: 2 },
		point: { filled: true, opacity: 1, size: 55 },
		rule: { color: "var(--muted)" },
		text: { color: "var(--ink)" },
		axis: {
			labelColor: "var(--muted)", labelFontSize: 12, labelPadding: 6,
			titleColor: "var(--muted)", titleFontSize: 12, titleFontWeight: 500,
			titlePadding: 10, gridColor: "var(--line)",
			domainColor: "var(--muted)", tickColor: "var(--muted)",
		},
		axisX: { grid: false, labelAngle: 0, labelOverlap: true },
		axisY: {
			domain: false, ticks: false, tickCount: 5,
			titleAngle: 0, titleAlign: "left", titleAnchor: "end", titleBaseline: "bottom",
			titleX: 0, titleY: -14,
		},
		legend: {
			orient: "top", title: null, offset: 30, columnPadding: 18,
			labelColor: "var(--ink)", labelFontSize: 13, titleColor: "var(--muted)",
			symbolOpacity: 1, symbolSize: 80,
			columns: Math.max(2, Math.floor(document.body.clientWidth / 125)),
		},
		header: { labelColor: "var(--ink)", titleColor: "var(--muted)" },
		title: { color: "var(--ink)" },
		range: {
			category: [1, 2, 3, 4, 5, 6, 7, 8].map((i) => `var(--series-${i})`),
		},
	};

	const options = {
		actions: false,
		ast: true,
		renderer: "svg",
		defaultStyle: false,
		tooltip: { disableDefaultStyle: true },
		formatLocale: {
			decimal: french ? "," : ".", thousands: "\u202F", grouping: [3], currency: ["", ""],
			percent: french ? "\u202F%" : "%",
		},
		config,
	};

	const fr = (options) => new Intl.DateTimeFormat("fr", { timeZone: "UTC", ...options });
	const months = [...Array(12).keys()].map((i) => new Date(Date.UTC(2023, i, 1)));
	const days = [...Array(7).keys()].map((i) => new Date(Date.UTC(2023, 0, 1 + i)));

	if (french) {
		options.timeFormatLocale = {
			dateTime: "%A %e %B %Y à %X", date: "%d/%m/%Y", time: "%H:%M:%S",
			periods: ["AM", "PM"],
			days: days.map(fr({ weekday: "long" }).format),
			shortDays: days.map(fr({ weekday: "short" }).format),
			months: months.map(fr({ month: "long" }).format),
			shortMonths: months.map(fr({ month: "short" }).format),
		};
	}

	const composed = ["facet", "repeat", "concat", "hconcat", "vconcat"];

	function complete(spec, rows) {
		const full = { height: 270, ...spec, data: { values: rows } };

		/* In numbers: Vega-Lite does not fit the width beside a height in steps. */
		if (full.height.step) {
			const field = spec.encoding.y.field;

			full.height = full.height.step * new Set(rows.map((row) => row[field])).size;
		}

		if (!composed.some((key) => key in spec)) {
			full.width ??= "container";
			full.autosize ??= { type: "fit-x", contains: "padding" };
		}
		return full;
	}

	async function draw(chart, rows) {
		const place = document.getElementById(chart.id);
		/* Vega changes the role of the element it is given: not that of the image. */
		const inner = document.createElement("div");

		place.replaceChildren(inner);
		try {
			await vegaEmbed(inner, complete(chart.spec, rows), options);
		} catch (error) {
			inner.textContent = say("undrawn",
				"The chart could not be drawn; the tables have its numbers.");
			console.error(error);
		}
	}

	async function drawCharts() {
		const block = document.getElementById("chart-data");
		const data = block ? JSON.parse(block.textContent) : { charts: [] };

		for (const chart of data.charts)
			await draw(chart, data.tables[chart.table]);
	}

	/* Numbers before texts, texts before what is missing, whatever the direction. */
	function compare(a, b, sign) {
		const empty = (a === "") - (b === "");
		const [x, y] = [Number(a), Number(b)];
		const wordy = Number.isNaN(x) - Number.isNaN(y);

		if (empty)
			return empty;
		if (wordy)
			return wordy;
		return sign * (Number.isNaN(x) ? a.localeCompare(b, french ? "fr" : "en", { numeric: true }) : x - y);
	}

	/* First click ascending, second descending, third as it came. */
	function sortBy(table, original, head) {
		const orders = [null, "ascending", "descending"];
		const order = orders[(orders.indexOf(head.getAttribute("aria-sort")) + 1) % 3];
		const sign = order === "descending" ? -1 : 1;
		const value = (row) => written(row.cells[head.cellIndex]);
		const rows = [...original];

		for (const other of head.parentNode.cells)
			other.removeAttribute("aria-sort");
		if (order) {
			head.setAttribute("aria-sort", order);
			rows.sort((a, b) => compare(value(a), value(b), sign));
		}
		table.tBodies[0].append(...rows);
	}

	function makeSortable(table) {
		const original = [...table.tBodies[0].rows];

		if (original.length < 2)
			return;
		for (const head of table.tHead.rows[0].cells) {
			const button = document.createElement("button");

			button.type = "button";
			button.textContent = head.textContent;
			button.addEventListener("click", () => sortBy(table, original, head));
			head.replaceChildren(button);
		}
	}

	/* RFC 4180, with the bytes that --format csv prints. */
	function toCsv(names, rows) {
		const special = /[",\r\n]|^\uFEFF/;
		const quote = (text) => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

		return [names, ...rows].map((row) => row.map(quote).join(",") + "\n").join("");
	}

	function offerCsv(table) {
		const line = document.createElement("p");
		const link = document.createElement("a");
		const names = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.name);
		const rows = [...table.tBodies[0].rows].filter((row) => !row.matches(".empty"));
		const csv = toCsv(names, rows.map((row) => [...row.cells].map(written)));

		line.className = "save";
		link.textContent = say("save", "Data as CSV");
		link.download = `${table.dataset.id}.csv`;
		link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
		line.append(link);
		table.parentNode.after(line);
	}

	let folded = [];

	addEventListener("beforeprint", () => {
		folded = [...document.querySelectorAll("details:not([open])")];
		for (const details of folded)
			details.open = true;
	});
	addEventListener("afterprint", () => {
		for (const details of folded)
			details.open = false;
	});

	for (const table of document.querySelectorAll("main table")) {
		makeSortable(table);
		offerCsv(table);
	}
	drawCharts().finally(() => { document.documentElement.dataset.drawn = "yes"; });
})();
