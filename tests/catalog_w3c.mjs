/*
 * The W3C's tests of RDF syntaxes, read by hygie:
 *   node tests/catalog_w3c.mjs SUITES DIFFERENCES.csv SUITE...
 * SUITES is the folder that tools/w3c_rdf makes. Each test is told as its manifest
 * wants it: accepted, refused, or the same graph as its result, which n3 reads and
 * jsonld.js makes canonical (RDFC-1.0). The lines of the CSV (suite, test, what,
 * why) are the differences we know of: each must be one, and there may be no other. Of
 * JSON-LD a part is read: what is beyond it is refused, which is counted.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import jsonld from 'jsonld';
import { Parser, Writer } from 'n3';

const run = promisify(execFile);
const [suites, differences, ...names] = process.argv.slice(2);
const hygie = process.env.HYGIE;
const work = mkdtempSync(join(tmpdir(), 'catalog_w3c-'));
const mf = 'http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#';
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const core = 'http://www.w3.org/2000/10/rdf-tests/rdfcore/';
const schema = `${core}testSchema#`;

/* Of each suite: where its documents come from, how they end. */
const known = {
	turtle: { base: 'http://www.w3.org/2013/TurtleTests/', end: '.ttl', to: 'ntriples' },
	trig: { base: 'http://www.w3.org/2013/TriGTests/', end: '.trig', to: 'trig' },
	nt: { base: 'http://www.w3.org/2013/NTriplesTests/', end: '.nt', to: 'ntriples' },
	nquads: { base: 'http://www.w3.org/2013/NQuadsTests/', end: '.nq', to: 'trig' },
	rdfxml: { base: core, end: '.rdf', to: 'ntriples', manifest: 'Manifest.rdf' },
	jsonld: { base: 'https://w3c.github.io/json-ld-api/tests/', end: '.jsonld', to: 'trig' },
};

const load = (format, text, base) => new Parser({ baseIRI: base, format }).parse(text);

/* { name, kind: 'same' | 'accept' | 'refuse', input, output } of the manifests in Turtle. */
function fromTurtle(folder, base) {
	const quads = load('text/turtle', readFileSync(join(folder, 'manifest.ttl'), 'utf8'), `${base}manifest.ttl`);
	const value = (s, p) => quads.find((q) => q.subject.value === s && q.predicate.value === p)?.object.value;
	return quads.filter((q) => q.predicate.value === `${rdf}type` && /rdftest#Test/.test(q.object.value))
		.map(({ subject, object }) => ({
			name: subject.value.split('#').pop(),
			kind: /Negative/.test(object.value) ? 'refuse' : /Eval/.test(object.value) ? 'same' : 'accept',
			input: value(subject.value, `${mf}action`).slice(base.length),
			output: value(subject.value, `${mf}result`)?.slice(base.length),
		}));
}

/* RDF Core's manifest of 2004 is RDF/XML of one shape. */
function fromCore(folder) {
	const text = readFileSync(join(folder, 'Manifest.rdf'), 'utf8').replace(/<!--[^]*?-->/g, '');
	const tests = [];
	const each = /<test:(Positive|Negative)ParserTest rdf:about="([^"]*)">([^]*?)<\/test:\1ParserTest>/g;
	for (const [, sign, about, body] of text.matchAll(each)) {
		const file = (kind) => body.match(new RegExp(`<test:${kind} rdf:about="([^"]*)"`))?.[1].slice(core.length);
		if (!/<test:status>APPROVED/.test(body))
			continue;
		tests.push({ name: about.slice(core.length).replace('/Manifest.rdf#', '/').replace('Manifest.rdf#', ''),
			kind: sign === 'Positive' ? 'same' : 'refuse', input: file('RDF-XML-Document'), output: file('NT-Document') });
	}
	return tests;
}

function fromJsonld(folder) {
	return JSON.parse(readFileSync(join(folder, 'toRdf-manifest.jsonld'), 'utf8')).sequence
		.filter((t) => (t.option?.specVersion ?? 'json-ld-1.1') === 'json-ld-1.1')
		.map((t) => ({ name: t['@id'].slice(1), input: t.input, output: t.expect, base: t.option?.base,
			kind: t['@type'].some((x) => /Negative/.test(x)) ? 'refuse' : t.expect ? 'same' : 'accept' }));
}

/* jsonld.js writes every xsd:double its own way, and drops what is no good IRI: text stays text here. */
async function canonical(quads) {
	const text = await new Promise((good, bad) => {
		const writer = new Writer({ format: 'N-Quads' });
		writer.addQuads(quads);
		writer.end((error, result) => (error ? bad(error) : good(result)));
	});
	const plain = text.replaceAll('^^<http://www.w3.org/2001/XMLSchema#', '^^<urn:xsd:');
	return jsonld.canonize(plain, { inputFormat: 'application/n-quads', format: 'application/n-quads', algorithm: 'RDFC-1.0' });
}

async function judge(suite, folder, t) {
	const own = known[suite];
	const input = join(folder, t.input);
	const named = input.endsWith(own.end) ? input : join(work, `${t.name.replaceAll('/', '-')}${own.end}`);
	if (named !== input)
		symlinkSync(resolve(input), named);
	let out;
	try {
		({ stdout: out } = await run(hygie, ['catalog', 'export', named, '--to', own.to, '--quiet',
			'--address', t.base ?? own.base + t.input], { maxBuffer: 1 << 26 }));
	} catch (e) {
		if (e.code !== 3 || !/line \d+|no place/.test(e.stderr) && suite !== 'jsonld')
			return `exit ${e.code}: ${e.stderr}`;
		return t.kind === 'refuse' ? null : `refused: ${e.stderr.trim().split('\n')[0].replace(/^.*?: .*?: /, '')}`;
	}
	if (t.kind !== 'same')
		return t.kind === 'accept' ? null : 'accepted';
	const got = await canonical(load('application/trig', out));
	const wanted = await canonical(load('application/n-quads', readFileSync(join(folder, t.output), 'utf8')));
	return got === wanted ? null : 'another graph';
}

const listed = new Map(readFileSync(differences, 'utf8').trim().split('\n').slice(1)
	.map((line) => line.split(',')).map(([suite, test, what, ...why]) => [`${suite},${test}`, { what, why: why.join(',') }]));
let wrong = 0;
for (const suite of names) {
	const folder = join(suites, suite);
	const tests = suite === 'rdfxml' ? fromCore(folder) : suite === 'jsonld' ? fromJsonld(folder)
		: fromTurtle(folder, known[suite].base);
	const waiting = [...tests];
	let good = 0, different = 0, refused = 0;
	const work = async () => {
		for (let t = waiting.shift(); t; t = waiting.shift()) {
			const what = existsSync(join(folder, t.input)) ? await judge(suite, folder, t) : 'no such file';
			const known = listed.get(`${suite},${t.name}`);
			listed.delete(`${suite},${t.name}`);
			if (!known && suite === 'jsonld' && what?.startsWith('refused')) {
				refused++;
				continue;
			}
			if (known && what?.startsWith(known.what)) {
				different++;
			} else if (known || what) {
				wrong++;
				console.log(`${suite},${t.name},${what ?? 'as wanted'}${known ? `, listed as ${known.what}` : ''}`);
			} else {
				good++;
			}
		}
	};
	await Promise.all([work(), work()]);
	console.log(`${suite}: ${good} of ${tests.length} as the W3C wants, ${different} listed differences` +
		(refused ? `, ${refused} refused` : ''));
	for (const left of listed.keys())
		if (left.startsWith(`${suite},`)) {
			wrong++;
			console.log(`${left}: listed, and no such test`);
		}
}
rmSync(work, { recursive: true });
process.exit(wrong ? 1 : 0);
