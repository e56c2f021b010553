// Saves a section of an application while it is written. Without this file the Save button does.
"use strict";

(function () {
	const form = document.querySelector("form.filled");
	const said = form?.querySelector(".saved");
	const PAUSE = 1500; // milliseconds without a key
	let waiting = 0;
	let saving = false;
	let again = false;
	let touched = false; // since the last save began
	let handing = null; // the button that waits for the end of a save

	if (!form || !window.fetch)
		return;

	function show(text) {
		said.textContent = text;
	}

	function body() {
		const data = new FormData(form);
		for (const input of form.querySelectorAll("input[type=file]"))
			data.delete(input.name); // files go with the button
		data.append("_auto", "1");
		return data;
	}

	// Other fields are asked now: the page again, at the same place.
	function reload() {
		const id = document.activeElement?.id;
		sessionStorage.setItem("filled", JSON.stringify([location.pathname, id, scrollY]));
		location.replace(location.pathname);
	}

	async function save() {
		waiting = 0;
		if (saving) {
			again = true;
			return;
		}
		saving = true;
		touched = false;
		show(form.dataset.saving + " …");
		try {
			const answer = await fetch(form.action, { method: "POST", body: body() });
			if (answer.status === 409) {
				show(form.dataset.conflict);
				form.removeEventListener("input", later);
				return;
			}
			if (!answer.ok)
				throw new Error(String(answer.status));
			const told = await answer.json();
			form.elements.revision.value = told.revision;
			show(`${form.dataset.saved}: ${told.at}`);
			if (told.again && !touched && !handing && !files())
				reload();
		} catch {
			show(form.dataset.failed);
		} finally {
			saving = false;
		}
		if (handing) {
			form.requestSubmit(handing);
		} else if (again) {
			again = false;
			later();
		}
	}

	function files() {
		return [...form.querySelectorAll("input[type=file]")].some((i) => i.files.length > 0);
	}

	function later(event) {
		clearTimeout(waiting);
		touched = true;
		const now = event?.target.matches?.("select, [type=radio], [type=checkbox]");
		waiting = setTimeout(save, now ? 0 : PAUSE);
	}

	form.addEventListener("input", later);
	// What is on its way arrives first: else the button would come with a revision that is gone.
	function hand(event) {
		clearTimeout(waiting);
		if (saving) {
			event.preventDefault();
			handing = event.submitter;
		}
	}

	form.addEventListener("submit", hand);

	const kept = sessionStorage.getItem("filled");
	sessionStorage.removeItem("filled");
	if (kept) {
		const [path, id, y] = JSON.parse(kept);
		if (path === location.pathname) {
			scrollTo(0, y);
			document.getElementById(id)?.focus({ preventScroll: true });
		}
	}
})();
