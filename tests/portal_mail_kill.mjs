// A mail server for the test: node portal_mail_kill.mjs FILE prints its port; FILE gets a line
// "TO MESSAGE-ID" for each mail, written before the answer, as a server that keeps its promise.
import fs from "node:fs";
import net from "node:net";

const file = process.argv[2];

function take(socket) {
	let text = "", data = null, to = "";

	const line = (one) => {
		if (data !== null) {
			if (one !== ".") {
				data.push(one);
				return;
			}
			const id = data.find((l) => /^Message-ID:/i.test(l)).split(" ")[1];

			fs.appendFileSync(file, `${to} ${id}\n`);
			data = null;
			socket.write("250 kept\r\n");
			return;
		}
		if (/^RCPT TO:/i.test(one))
			to = one.replace(/.*<(.*)>.*/, "$1");
		if (/^DATA/i.test(one)) {
			data = [];
			socket.write("354 go on\r\n");
		} else if (/^QUIT/i.test(one)) {
			socket.end("221 bye\r\n");
		} else {
			socket.write("250 ok\r\n");
		}
	};
	socket.on("error", () => {});
	socket.on("data", (bytes) => {
		text += bytes.toString("latin1");
		for (let at; (at = text.indexOf("\r\n")) >= 0; text = text.slice(at + 2))
			line(text.slice(0, at));
	});
	socket.write("220 test\r\n");
}

const server = net.createServer(take).listen(0, "127.0.0.1", () =>
	console.log(server.address().port));
