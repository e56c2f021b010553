/* node tests/catalog_jsonld.mjs A.jsonld A.nt: the same graph, canonically (RDFC-1.0), or exit 1. */
import { readFileSync } from 'node:fs';
import jsonld from 'jsonld';

const [doc, lines] = process.argv.slice(2);
const refuse = () => { throw new Error('a remote context'); };
const options = { format: 'application/n-quads', algorithm: 'RDFC-1.0', documentLoader: refuse };
const a = await jsonld.canonize(JSON.parse(readFileSync(doc, 'utf8')), options);
// jsonld.js writes every xsd:double its own way, also one that is given as text
const double = /"([^"]*)"(\^\^<http:\/\/www.w3.org\/2001\/XMLSchema#double>)/g;
const wanted = readFileSync(lines, 'utf8').replace(double, (all, text, type) =>
	`"${Number(text).toExponential(15).replace(/(\d)0*e\+?/, '$1E')}"${type}`);
const b = await jsonld.canonize(wanted,
	{ ...options, inputFormat: 'application/n-quads' });
if (a !== b) {
	console.log('differs');
	process.exit(1);
}
console.log(`same ${a.split('\n').length - 1}`);
