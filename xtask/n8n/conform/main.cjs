// @ts-check
'use strict';
/**
 * Makes calls of a conformance suite with generated nodes: `node main.cjs MODULES PACKAGES`.
 *
 * MODULES is the folder whose node_modules has n8n-core; PACKAGES has the sources of a package for each
 * API, in a folder of that name. A line of JSON on standard input is a call ({@link
 * import('./call.cjs').Job}); a line on standard output is what came of it: `items`, or an `error`, with
 * the `status` that was answered.
 */
const path = require('node:path');
const readline = require('node:readline');
const exact = require('../prove/exact.cjs');
const n8n = require('../prove/n8n.cjs');
const { Tool } = require('../prove/tool.cjs');
const { call } = require('./call.cjs');
const { Compiler } = require('./compiler.cjs');

/** @param {string} modules @param {string} packages */
async function main(modules, packages) {
	// What the engine prints is not for whoever reads the answers.
	console.log = console.info = console.debug = console.warn = console.error;
	const core = n8n.load(modules);
	const compiler = new Compiler(modules);
	/** @type {Map<string, Tool>} */
	const tools = new Map();
	for await (const line of readline.createInterface({ input: process.stdin })) {
		const job = exact.parse(line);
		let answer;
		try {
			const tool = tools.get(job.api) ?? new Tool(core, compiler.compile(path.join(packages, job.api)));
			tools.set(job.api, tool);
			answer = await call(tool, job);
		} catch (error) {
			answer = { error: String(/** @type {any} */ (error)?.message ?? error) };
		}
		process.stdout.write(`${JSON.stringify(answer)}\n`);
	}
	// What n8n-core leaves open would keep the process.
	process.exit(0);
}

main(path.resolve(process.argv[2] ?? ''), path.resolve(process.argv[3] ?? '')).catch((error) => {
	process.stderr.write(`${error.stack ?? error}\n`);
	process.exit(1);
});
