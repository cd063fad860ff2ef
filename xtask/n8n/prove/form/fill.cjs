// @ts-check
'use strict';
/** A case as the node's parameters. */
const exact = require('../exact.cjs');
const { Form } = require('./form.cjs');
const { typed } = require('./leaf.cjs');
const { NoPlace } = require('./place.cjs');

/**
 * @typedef {object} Case as in the table: `generator/src/cases`
 * @property {string} action
 * @property {'required' | 'all' | 'null'} inputs
 * @property {Record<string, Record<string, any>>} parameters
 * @property {any} [body]
 * @property {{ method: string, target: string, headers: Record<string, string>, body: string | null }} request
 * @property {{ status: number, headers: Record<string, string>, body?: any, unset?: any }} response
 */

/**
 * @typedef {object} Filled
 * @property {any} parameters
 * @property {import('./form.cjs').Leaf[]} leaves
 * @property {boolean} hasChoices whether something could be filled in in several ways
 * @property {Record<string, any>} [binary] of the item
 */

/**
 * Fills the form of an operation with a case.
 *
 * @param {{ n8n: any, package: import('../package.cjs').Package }} subject
 * @param {import('../package.cjs').Operation} operation
 * @param {Pick<Case, 'inputs' | 'parameters' | 'body'>} given
 * @param {{ parameters?: any, simplify?: boolean, backwards?: boolean, lenient?: boolean, file?: (value: any) => any }} [choices]
 * what is chosen beside it; `backwards`: the last of several ways to fill something in; `lenient`:
 * an expression stands where an input does not take a value, and n8n says what is missing; `file`: what an item has for a value of bytes
 * @returns {Filled}
 */
function fill(subject, operation, given, { parameters = {}, simplify = false, backwards = false, lenient = false, file = bytes } = {}) {
	const { node } = subject.package;
	const { NodeHelpers } = subject.n8n.workflow;
	const properties = subject.package.properties(operation);
	const form = new Form(NodeHelpers, node.description, properties, operation, parameters);
	form.backwards = backwards;
	form.lenient = lenient;
	const { request } = operation;
	page(form, given);
	const size = request.pagination?.size?.parameter;
	for (const [place, values] of Object.entries(given.parameters)) {
		for (const [name, value] of Object.entries(values)) {
			if (place === 'query' && name === size) continue;
			const same = (/** @type {any} */ it) => it.in === place && (it.name === name || (place === 'header' && it.name.toLowerCase() === name.toLowerCase()));
			const parameter = request.parameters?.find(same);
			if (!parameter) throw new NoPlace(`there is no place for the ${place} parameter \`${name}\``);
			outside(form, parameter, value);
		}
	}
	if (given.body !== undefined) body(form, request.body, given.body);
	const simple = form.properties.find((/** @type {any} */ it) => it.name === 'simplify');
	if (simple && form.isShown(simple)) form.root.child('simplify').set(simplify);
	if (given.inputs === 'required') onTop(form);
	if (!lenient) complete(form);
	return { parameters: form.parameters, leaves: form.leaves, hasChoices: form.hasChoices, ...items(form, file) };
}

/** Return All, or as many as a page is asked to have. @param {Form} form @param {Pick<Case, 'parameters'>} given */
function page(form, { parameters }) {
	const { pagination } = form.operation.request;
	if (!pagination) return;
	const limit = parameters.query?.[pagination.size?.parameter];
	form.root.child('returnAll').set(limit === undefined);
	if (limit === undefined) return;
	const input = form.root.child('limit');
	input.set(typed(input, 'integer', limit));
}

/** @param {Form} form @param {any} parameter @param {any} value */
function outside(form, parameter, value) {
	// On the wire they are text.
	const isText = ['text', 'id'].includes(innermost(form, parameter.shape));
	const digits = value instanceof exact.Long ? value.digits : undefined;
	form.write(form.root, parameter.shape, isText && ['number', 'boolean'].includes(typeof value) ? String(value) : ((isText && digits) || value));
	const { at } = form.resolved(parameter.shape);
	if (Array.isArray(at)) form.placed.set(`${parameter.in} ${parameter.name}`, at);
}

/** The shape at the place that a shape leads to. @param {Form} form @param {any} shape @returns {any} */
function innermost(form, shape, level = 0) {
	const found = form.resolved(shape);
	return Array.isArray(found.at) && level < 16 ? innermost(form, found.shape, level + 1) : found;
}

/** @param {Form} form @param {any} request @param {any} value */
function body(form, request, value) {
	if (!request) throw new NoPlace('there is no place for a body');
	const cleared = request.clear && isObject(value) ? clear(form, request.clear, value) : [];
	const kept = cleared.length > 0 ? Object.fromEntries(Object.entries(value).filter(([name]) => !cleared.includes(name))) : value;
	if (cleared.length > 0 && Object.keys(kept).length === 0) return;
	form.depth = 0;
	form.write(form.root, request.shape, kept);
	form.depth = 1;
	if (Object.keys(form.nulls).length > 0) form.root.child('options').child('bodyJson').set(exact.stringify(form.nulls));
}

/** Chooses in "Fields to Clear" what is null and is offered there. @param {Form} form @param {string[]} path @param {any} value */
function clear(form, path, value) {
	/** @type {any} */
	let place = form.root;
	for (const key of path) place = place.child(key);
	const offered = place.property.options.map((/** @type {any} */ option) => option.value);
	const names = Object.keys(value).filter((name) => value[name] === null && offered.includes(name));
	if (names.length > 0) place.set(names);
	return names;
}

/** @param {any} value */
function isObject(value) {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is required is not below a button that adds it. @param {Form} form */
function onTop(form) {
	for (const [name, path] of form.placed) {
		if (path.length === 1 || path.some((part) => typeof part === 'number')) continue;
		throw new NoPlace(`\`${name}\` is required and stands in \`${path.join('.')}\``);
	}
}

/** No required parameter is left empty. @param {Form} form */
function complete(form) {
	for (const property of form.properties) {
		if (property.required && form.isShown(property) && form.parameters[property.name] === undefined) {
			throw new NoPlace(`\`${property.name}\` is required, and the case has nothing for it`);
		}
	}
}

/** @param {Form} form @param {(value: any) => any} file */
function items(form, file) {
	const entries = Object.entries(form.binary);
	if (entries.length === 0) return {};
	return { binary: Object.fromEntries(entries.map(([name, value]) => [name, file(value)])) };
}

/** A file with a text. @param {string} text */
function bytes(text) {
	return { data: Buffer.from(text).toString('base64'), mimeType: 'application/octet-stream' };
}

module.exports = { fill };
