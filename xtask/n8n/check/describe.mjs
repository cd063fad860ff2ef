// @ts-check
/**
 * n8n's rules read only literals in TypeScript. The description that a built node has is therefore written
 * out as one, and linted with all rules for nodes and credentials that n8n itself turns on.
 */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { found, load } from './eslint.mjs';
import { classes } from './node.mjs';

/** What rules want of a trigger beside its description; that the real one has it, `n8n-node lint` sees. */
const LIFECYCLE = `
	webhookMethods = {
		default: {
			async checkExists() { return true; },
			async create() { return true; },
			async delete() { return true; },
		},
	};
`;

/** @param {import('./main.mjs').Subject} subject */
export async function describe({ tools, folder, work }) {
	const target = join(work, 'described');
	mkdirSync(target, { recursive: true });
	for (const name of ['package.json', 'tsconfig.json', 'eslint.config.mjs', 'credentials']) {
		cpSync(join(folder, name), join(target, name), { recursive: true });
	}
	symlinkSync(join(tools, 'node_modules'), join(target, 'node_modules'), 'dir');
	const { nodes, manifest } = classes(folder);
	for (const [index, node] of nodes.entries()) {
		const file = basename(manifest.n8n.nodes[index], '.js');
		const place = join(target, 'nodes', file.replace('.node', ''));
		const source = join(folder, dirname(manifest.n8n.nodes[index]).replace(/^dist\//, ''));
		cpSync(source, place, { recursive: true, filter: (path) => !/\.ts$|__schema__/.test(path) });
		write(place, file, node.description);
	}
	const { ESLint } = await load(tools, 'eslint');
	return found(await new ESLint({ cwd: target }).lintFiles(['nodes', 'credentials']), target);
}

/**
 * The class with its selectors, and a file for the parameters of each resource.
 * @param {string} place
 * @param {string} file
 * @param {any} description
 */
function write(place, file, description) {
	const { properties, icon, inputs, outputs, ...rest } = description;
	const resource = properties.find((/** @type {any} */ it) => it.name === 'resource');
	const selectors = ['authentication', 'resource', 'operation'];
	// A trigger has all its parameters in the class.
	const own = (/** @type {any} */ property) => resource === undefined || selectors.includes(property.name);
	// What stands for n8n's own constants is put back after writing.
	const isTrigger = inputs.length === 0;
	const head = { ...rest, icon, inputs: isTrigger ? [] : '@main', outputs: '@main', properties: properties.filter(own) };
	const text = literal(head, '\t').replaceAll("'@main'", '[NodeConnectionTypes.Main]');
	const name = file.replace('.node', '');
	writeFileSync(
		join(place, `${file}.ts`),
		"import type { INodeType, INodeTypeDescription } from 'n8n-workflow';\n" +
			"import { NodeConnectionTypes } from 'n8n-workflow';\n\n" +
			`export class ${name} implements INodeType {\n\tdescription: INodeTypeDescription = ${text};\n${isTrigger ? LIFECYCLE : ''}}\n`,
	);
	for (const option of resource?.options ?? []) {
		const shown = (/** @type {any} */ it) => it.displayOptions?.show?.resource?.includes(option.value);
		const list = properties.filter((/** @type {any} */ it) => !own(it) && shown(it));
		// Rules that look at a whole description take it for one by this name.
		const title = option.name.replace(/[^A-Za-z0-9]/g, '');
		const name = `resource${title}Description`;
		writeFileSync(
			join(place, `${title}Description.ts`),
			"import type { INodeProperties } from 'n8n-workflow';\n\n" +
				`export const ${name}: INodeProperties[] = ${literal(list, '')};\n`,
		);
	}
}

/**
 * @param {unknown} value
 * @param {string} indent
 * @returns {string}
 */
function literal(value, indent) {
	const inner = `${indent}\t`;
	if (Array.isArray(value)) {
		if (value.length === 0) return '[]';
		return `[\n${value.map((item) => inner + literal(item, inner)).join(',\n')},\n${indent}]`;
	}
	if (value !== null && typeof value === 'object') {
		const members = Object.entries(value).filter(([, member]) => member !== undefined);
		const lines = members.map(([key, member]) => {
			const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
			return `${inner}${name}: ${literal(member, inner)}`;
		});
		return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')},\n${indent}}`;
	}
	return typeof value === 'string' ? quoted(value) : String(value);
}

/** @param {string} text */
function quoted(text) {
	const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
	return `'${escaped}'`;
}
