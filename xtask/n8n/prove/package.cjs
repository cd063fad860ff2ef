// @ts-check
'use strict';
/** A built package: its node, its credentials, and the descriptors that the node was made from. */
const fs = require('node:fs');
const path = require('node:path');

/** @typedef {{ resource: string, value: string, request: any, shapes: Record<string, any> }} Operation */

/** The instance of the class that a file is named after, as n8n makes it. @param {string} file */
function instance(file) {
	const name = path.basename(file).split('.')[0] ?? '';
	const Class = require(file)[name];
	if (typeof Class !== 'function') throw new Error(`${file} has no class ${name}`);
	return new Class();
}

/** Every file below a folder. @param {string} folder @returns {string[]} */
function files(folder) {
	if (!fs.existsSync(folder)) return [];
	return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const full = path.join(folder, entry.name);
		return entry.isDirectory() ? files(full) : [full];
	});
}

class Package {
	/** @param {string} folder with `package.json` and `dist` */
	constructor(folder) {
		this.folder = path.resolve(folder);
		this.manifest = JSON.parse(fs.readFileSync(path.join(this.folder, 'package.json'), 'utf8'));
		const made = (/** @type {string[]} */ list) => list.map((file) => instance(path.join(this.folder, file)));
		this.nodes = made(this.manifest.n8n.nodes);
		this.credentials = new Map(made(this.manifest.n8n.credentials ?? []).map((it) => [it.name, it]));
		/** The node with actions; triggers have none. */
		this.node = this.nodes.find((node) => typeof node.execute === 'function');
		if (!this.node) throw new Error('no node of the package has execute()');
		this.resources = this.#resources();
		/** The node that starts workflows, and what it knows of events, as it has loaded it. */
		this.trigger = this.nodes.find((node) => typeof node.webhook === 'function');
		const [events] = files(path.join(this.folder, 'dist', 'nodes')).filter((file) => path.basename(file) === 'trigger.json');
		this.events = events && require(events);
	}

	/** The descriptors, as the node itself has loaded them: changing one changes what the node reads. */
	#resources() {
		// A resource may be called so itself, and has a folder of that name for its outputs.
		const nodes = path.join(this.folder, 'dist', 'nodes');
		const isDescriptor = (/** @type {string} */ file) => /^[^/]+\/resources\/[^/]+\.json$/.test(path.relative(nodes, file).replaceAll(path.sep, '/'));
		return files(nodes).filter(isDescriptor).sort().map((file) => require(file));
	}

	/** @returns {Operation[]} */
	operations() {
		return this.resources.flatMap((descriptor) =>
			descriptor.operations.map((/** @type {any} */ operation) => ({
				resource: descriptor.resource.value,
				value: operation.value,
				request: operation.request,
				shapes: descriptor.shapes ?? {},
			})),
		);
	}

	/** The properties that can be visible with a resource and an operation chosen. @param {Operation} operation */
	properties({ resource, value }) {
		const allows = (/** @type {any} */ show, /** @type {string} */ name, /** @type {string} */ chosen) =>
			show?.[name] === undefined || show[name].includes(chosen);
		return this.node.description.properties.filter((/** @type {any} */ property) => {
			const show = property.displayOptions?.show;
			return allows(show, 'resource', resource) && allows(show, 'operation', value);
		});
	}
}

/** Method and path template of an operation, as the table of cases names it. @param {any} request */
function action(request) {
	const path = request.path.map((/** @type {any} */ part) => (typeof part === 'string' ? part : `{${part.parameter}}`));
	return `${request.method} ${path.join('')}`;
}

module.exports = { Package, action };
