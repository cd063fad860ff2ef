// @ts-check
'use strict';
/** What loading a node takes: `node --expose-gc load.cjs MODULES PACKAGE`. One line of JSON. */
const fs = require('node:fs');
const path = require('node:path');
const { load } = require('../prove/n8n.cjs');

/** Memory that is in use. */
function heap() {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}

/** @param {string} folder @returns {number} */
function bytes(folder) {
	const entries = fs.readdirSync(folder, { withFileTypes: true });
	return entries.reduce((sum, entry) => {
		const full = path.join(folder, entry.name);
		return sum + (entry.isDirectory() ? bytes(full) : fs.statSync(full).size);
	}, 0);
}

const [, , modules = '', folder = ''] = process.argv;
const { workflow } = load(modules);
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
const file = path.resolve(folder, manifest.n8n.nodes[0]);
const before = heap();
const start = process.hrtime.bigint();
const Class = require(file)[path.basename(file).split('.')[0] ?? ''];
const node = new Class();
const nanoseconds = Number(process.hrtime.bigint() - start);
const used = heap() - before;
// What opening a workflow with the node costs: it grows faster than the number of properties.
const opened = process.hrtime.bigint();
const nodeTypes = { getByNameAndVersion: () => node, getByName: () => node, getKnownTypes: () => ({}) };
const [resource, operation] = node.description.properties;
const parameters = { resource: resource.default, operation: operation.default };
new workflow.Workflow({ id: 'w', nodes: [{ id: 'n', name: 'Node', type: 't', typeVersion: 1, position: [0, 0], parameters }], connections: {}, active: false, nodeTypes });
const opening = Number(process.hrtime.bigint() - opened);
const descriptors = bytes(path.join(path.dirname(file), 'resources'));
const properties = node.description.properties.length;
process.stdout.write(`${JSON.stringify({ nanoseconds, heap: Math.max(0, used), opening, descriptors, properties })}\n`);
process.exit(0);
