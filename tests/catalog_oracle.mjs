/*
 * Published SHACL shapes over RDF files, by two engines:
 *   node tests/catalog_oracle.mjs ENGINE SHAPES[,SHAPES...] DATA...
 * ENGINE: shacl-engine or rdf-validate-shacl. Prints one line a violation,
 * "PATH<TAB>COMPONENT<TAB>FOCUS", sorted, then "violations N".
 */
import { readFileSync } from 'node:fs';
import { Parser, DataFactory, Store } from 'n3';

const [engine, shapes, ...data] = process.argv.slice(2);

function load(paths) {
	const quads = [];
	paths.forEach((path, i) => {
		const parser = new Parser({ baseIRI: 'https://base.example/', blankNodePrefix: `_:f${i}` });
		quads.push(...parser.parse(readFileSync(path, 'utf8')));
	});
	return quads;
}

async function withShaclEngine(shapeQuads, dataQuads) {
	const rdf = (await import('@rdfjs/dataset')).default;
	const { Validator } = await import('shacl-engine');
	const { validations, targetResolvers } = await import('shacl-engine/sparql.js').catch(() => ({}));
	const validator = new Validator(rdf.dataset(shapeQuads),
		{ factory: { ...DataFactory, dataset: rdf.dataset }, validations, targetResolvers });
	const report = await validator.validate({ dataset: rdf.dataset(dataQuads) });
	return report.results.map((r) => ({
		severity: r.severity?.value, path: r.path?.[0]?.predicates?.[0]?.value ?? '',
		component: r.constraintComponent?.value, focus: r.focusNode?.term?.value }));
}

async function withRdfValidate(shapeQuads, dataQuads) {
	const { default: env } = await import('rdf-validate-shacl/src/defaultEnv.js');
	const { default: Validator } = await import('rdf-validate-shacl');
	const imports = 'http://www.w3.org/2002/07/owl#imports';
	const validator = new Validator(env.dataset(shapeQuads.filter((q) => q.predicate.value !== imports)), { factory: env });
	const report = await validator.validate(env.dataset(dataQuads));
	return report.results.map((r) => ({
		severity: r.severity?.value, path: r.path?.value ?? '',
		component: r.sourceConstraintComponent?.value, focus: r.focusNode?.value }));
}

const run = engine === 'shacl-engine' ? withShaclEngine : withRdfValidate;
const results = await run(load(shapes.split(',')), load(data));
const violations = results.filter((r) => r.severity?.endsWith('#Violation'))
	.map((r) => `${r.path}\t${(r.component ?? '').split('#').pop()}\t${r.focus}`).sort();
for (const line of violations) console.log(line);
console.log(`violations ${violations.length}`);
