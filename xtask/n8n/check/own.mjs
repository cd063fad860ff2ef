// @ts-check
/** What no linter sees, since it is in JSON or in the runtime. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { load } from './eslint.mjs';
import { filesBelow } from './files.mjs';
import { classes } from './node.mjs';

/** @param {import('./main.mjs').Subject} subject */
export async function own({ tools, folder, schema }) {
	/** @type {string[]} */
	const details = [];
	const { nodes, credentials } = classes(folder);
	const Ajv = await load(tools, 'ajv/dist/2020');
	const valid = new (Ajv.default ?? Ajv)({ allErrors: true }).compile(
		JSON.parse(readFileSync(schema, 'utf8')),
	);
	const descriptors = filesBelow(join(folder, 'nodes'))
		.filter((path) => /\/nodes\/[^/]+\/resources\/[^/]+\.json$/.test(path.replaceAll('\\', '/')))
		.map((path) => ({ path, value: JSON.parse(readFileSync(path, 'utf8')) }));
	for (const { path, value } of descriptors) {
		if (valid(value)) continue;
		for (const { instancePath, message } of valid.errors) {
			details.push(`${path.replace(`${folder}/`, '')}#${instancePath}: ${message}`);
		}
	}
	const triggers = filesBelow(join(folder, 'nodes')).filter((path) => /\/trigger\.json$/.test(path));
	for (const path of triggers) {
		if (valid(JSON.parse(readFileSync(path, 'utf8')))) continue;
		for (const { instancePath, message } of valid.errors) {
			details.push(`${path.replace(`${folder}/`, '')}#${instancePath}: ${message}`);
		}
	}
	for (const node of nodes) {
		const isTrigger = node.description.group.includes('trigger');
		details.push(...(isTrigger ? trigger(node) : selectors(node.description)), ...expressions(node.description));
	}
	for (const credential of credentials) {
		const tested = credential.test !== undefined || credential.extends?.includes('oAuth2Api');
		if (!tested && !isTestedBy(nodes, credential.name)) details.push(`${credential.name}: has no test`);
	}
	const operations = descriptors.reduce((sum, { value }) => sum + value.operations.length, 0);
	const events = nodes.flatMap(choices).length;
	const says = `${descriptors.length} resources, ${operations} operations, ${events} choices of events`;
	return { errors: details.length, warnings: 0, says, details };
}

/**
 * Whether every node that uses a credential tests it.
 * @param {any[]} nodes
 * @param {string} name
 */
function isTestedBy(nodes, name) {
	const uses = nodes.flatMap(({ description, methods }) =>
		(description.credentials ?? [])
			.filter((/** @type {any} */ it) => it.name === name)
			.map((/** @type {any} */ it) => typeof methods?.credentialTest?.[it.testedBy] === 'function'),
	);
	return uses.length > 0 && uses.every(Boolean);
}

/** What can be chosen of events. @param {any} node @returns {any[]} */
function choices({ description }) {
	const isEvents = (/** @type {any} */ it) => it.name === 'events' && it.type === 'multiOptions';
	return description.group.includes('trigger') ? (description.properties.find(isEvents)?.options ?? []) : [];
}

/**
 * What makes a trigger of a node, and that each event can be told from the others.
 * @param {any} node
 */
function trigger(node) {
	const { description, webhookMethods, webhook } = node;
	const details = [];
	const { inputs, usableAsTool, webhooks = [], properties } = description;
	if (inputs.length > 0) details.push(`${description.name}: has inputs`);
	if (usableAsTool !== undefined) details.push(`${description.name}: a trigger is no tool`);
	if (webhooks.length !== 1 || webhooks[0].responseData !== 'noData') details.push(`${description.name}: answers with data`);
	for (const method of ['checkExists', 'create', 'delete']) {
		if (typeof webhookMethods?.default?.[method] !== 'function') details.push(`${description.name}: has no ${method}`);
	}
	if (typeof webhook !== 'function') details.push(`${description.name}: has no webhook()`);
	const names = properties.map((/** @type {any} */ it) => it.name);
	if (new Set(names).size < names.length) details.push(`${description.name}: two parameters have one name`);
	for (const key of ['name', 'value']) {
		const all = choices(node).map((it) => it[key]);
		if (new Set(all).size < all.length) details.push(`${description.name}: two events have one ${key}`);
	}
	const secret = properties.find((/** @type {any} */ it) => it.typeOptions?.password || /secret|token/i.test(it.name));
	if (secret) details.push(`${description.name}: ${secret.name} belongs in a credential`);
	return details;
}

/**
 * Each parameter belongs to operations that exist, and is the only one of its name there.
 * @param {any} description
 */
function selectors({ properties }) {
	const details = [];
	const resource = properties.find((/** @type {any} */ it) => it.name === 'resource');
	const operations = new Map();
	for (const property of properties.filter((/** @type {any} */ it) => it.name === 'operation')) {
		for (const value of property.displayOptions.show.resource) operations.set(value, property.options);
	}
	if (resource?.noDataExpression !== true) details.push('the Resource selector takes expressions');
	for (const { value } of resource?.options ?? []) {
		if (!operations.has(value)) details.push(`${value}: has no Operation selector`);
	}
	const seen = new Set();
	const selecting = ['authentication', 'resource', 'operation'];
	for (const property of properties.filter((/** @type {any} */ it) => !selecting.includes(it.name))) {
		const { resource: resources, operation } = property.displayOptions?.show ?? {};
		if (!resources?.length || !operation?.length) {
			details.push(`${property.name}: is not bound to a resource and an operation`);
			continue;
		}
		for (const place of resources) {
			for (const value of operation) {
				const known = operations.get(place)?.some((/** @type {any} */ it) => it.value === value);
				if (!known) details.push(`${property.name}: ${place}.${value} does not exist`);
				const key = JSON.stringify([place, value, property.name, property.displayOptions.show]);
				if (seen.has(key)) details.push(`${property.name}: twice in ${place}.${value}`);
				seen.add(key);
			}
		}
	}
	return details;
}

/**
 * No value of a parameter is an expression: every string is the document's.
 * @param {any} description
 */
function expressions({ properties }) {
	/** @type {string[]} */
	const details = [];
	const visit = (/** @type {unknown} */ value, /** @type {string} */ place) => {
		if (typeof value === 'string' && value.startsWith('=')) details.push(`${place}: is an expression`);
		if (value === null || typeof value !== 'object') return;
		for (const [key, member] of Object.entries(value)) visit(member, `${place}.${key}`);
	};
	visit(properties, 'properties');
	return details;
}
