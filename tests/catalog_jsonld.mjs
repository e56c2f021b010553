/* node tests/catalog_jsonld.mjs A.jsonld A.nt: the same graph, canonically (RDFC-1.0), or exit 1. */
import { readFileSync } from 'node:fs';
import jsonld from 'jsonld';

const [doc, lines] = process.argv.slice(2);
const refuse = () => { throw new Error('a remote context'); };
const options = { format: 'application/n-quads', algorithm: 'RDFC-1.0', documentLoader: refuse };
const a = await jsonld.canonize(JSON.parse(readFileSync(doc, 'utf8')), options);
const b = await jsonld.canonize(readFileSync(lines, 'utf8'),
	{ ...options, inputFormat: 'application/n-quads' });
if (a !== b) {
	console.log('differs');
	process.exit(1);
}
console.log(`same ${a.split('\n').length - 1}`);
