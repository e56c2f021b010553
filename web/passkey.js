// Keys and passkeys: a form[data-key] asks the browser for what it is about, and sends the answer.
// Pages work without: the authenticator app is always there. Web Authentication Level 2.
"use strict";
(() => {
	const bytes = (text) => Uint8Array.from(
		atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
	const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
		.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

	async function question(form) {
		const answer = await fetch(form.dataset.question, {
			method: "POST",
			body: new URLSearchParams({
				csrf: form.elements.csrf.value,
				purpose: form.dataset.key,
			}),
		});
		if (!answer.ok)
			throw new Error(answer.status);
		const options = await answer.json();
		options.challenge = bytes(options.challenge);
		if (options.user)
			options.user.id = bytes(options.user.id);
		for (const list of ["allowCredentials", "excludeCredentials"])
			for (const one of options[list] ?? [])
				one.id = bytes(one.id);
		return options;
	}

	function fill(form, credential) {
		const { response } = credential;
		const parts = {
			id: credential.rawId,
			client: response.clientDataJSON,
			attestation: response.attestationObject,
			authenticator: response.authenticatorData,
			signature: response.signature,
			user: response.userHandle,
		};

		for (const [name, part] of Object.entries(parts))
			form.elements[name].value = part ? text(part) : "";
	}

	async function send(form) {
		const status = form.querySelector("[role=status]");

		status.hidden = true;
		try {
			const publicKey = await question(form);
			fill(form, await (form.dataset.key === "add" ?
				navigator.credentials.create({ publicKey }) :
				navigator.credentials.get({ publicKey })));
		} catch (error) {
			status.textContent = error.name === "InvalidStateError" ?
				form.dataset.known : form.dataset.failed;
			status.hidden = false;
			return;
		}
		form.submit();
	}

	if (!window.PublicKeyCredential)
		return;
	for (const form of document.querySelectorAll("form[data-key]")) {
		form.hidden = false;
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			send(form);
		});
	}
})();
