// @ts-check
'use strict';
/** A call of the suite, made by a node whose form is filled in as a user would. */
const exact = require('../prove/exact.cjs');
const { expression } = require('../prove/form/leaf.cjs');
const { NoPlace } = require('../prove/form/place.cjs');
const { standsInstead } = require('../prove/form/shape.cjs');

/**
 * @typedef {object} Job
 * @property {string} api
 * @property {string} operation its method and path: `GET /a/{b}`
 * @property {string} baseUrl
 * @property {Record<string, string>} credentials by the document's names of them
 * @property {Record<string, Record<string, any>>} parameters by their places and names
 * @property {{ body?: any }} arguments the body as JSON: bytes are in base64, XML is as its schema says
 * @property {string | null} text the body as it is on the wire, where it is text
 * @property {string | null} mediaType of the body
 * @property {Record<string, any>} headers that the server wants
 * @property {Record<string, any>} query that the server wants
 */

/** @typedef {{ json: any, file?: string }} Item */

/**
 * @param {import('../prove/tool.cjs').Tool} tool
 * @param {Job} job
 * @returns {Promise<{ items: Item[] } | { error: string, status?: number }>}
 */
async function call(tool, job) {
	const operation = tool.operation(job.operation);
	const given = { ...asCase(job), body: bodyOf(operation, job) };
	const filled = filledIn(tool, operation, given, job);
	const [token] = Object.values(job.credentials);
	const parameters = asking(operation, given, filled.parameters);
	const run = await tool.run(job.baseUrl, given, { parameters, binary: filled.binary, token });
	if (Object.keys(run.issues).length > 0) return { error: `n8n would not run it: ${JSON.stringify(run.issues)}` };
	if (run.error) return { error: told(run.error), status: Number(run.error.httpCode) || undefined };
	return { items: run.items.map(itemOf) };
}

/** What chooses the credential. @param {Job} job */
function asCase(job) {
	const headers = Object.fromEntries(Object.entries(job.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
	const target = `/?${new URLSearchParams(Object.entries(job.query).map(([name, value]) => [name, String(value)]))}`;
	const request = { method: '', target, headers, body: null };
	const response = { status: 200, headers: {} };
	return { action: job.operation, inputs: /** @type {const} */ ('all'), parameters: job.parameters, request, response };
}

/** A body that is a text in n8n is written as it is. @param {import('../prove/package.cjs').Operation} operation @param {Job} job */
function bodyOf({ request }, job) {
	const { body } = job.arguments;
	const isText = request.body?.encoding === 'text' && typeof body !== 'string';
	return isText ? (job.text ?? body) : body;
}

/**
 * The node's parameters. What the form has no place for stands in "Body Fields (JSON)", where there is that.
 *
 * @param {import('../prove/tool.cjs').Tool} tool
 * @param {import('../prove/package.cjs').Operation} operation
 * @param {any} given
 * @param {Job} job
 */
function filledIn(tool, operation, given, job) {
	const file = (/** @type {any} */ value) => fileOf(value, job);
	const fill = (/** @type {any} */ body) => tool.fill(operation, { ...given, body }, { lenient: true, file });
	try {
		return fill(given.body);
	} catch (error) {
		if (!(error instanceof NoPlace) || !hasJson(operation) || typeof given.body !== 'object') throw error;
		const [form, json] = parted(given.body, fill);
		if (Object.keys(json).length === 0) throw error;
		const filled = fill(Object.keys(form).length > 0 ? form : undefined);
		const options = { ...filled.parameters.options, bodyJson: exact.stringify(json) };
		return { ...filled, parameters: { ...filled.parameters, options } };
	}
}

/** The parameters with the media type that is asked for, where the operation has several. @param {import('../prove/package.cjs').Operation} operation @param {any} given @param {any} parameters */
function asking({ request }, { request: { headers } }, parameters) {
	const { accept, others } = request.response;
	if (others === undefined || headers.accept === undefined) return parameters;
	const isOffered = headers.accept === accept || others[headers.accept] !== undefined;
	const responseMediaType = isOffered ? headers.accept : expression(headers.accept);
	return { ...parameters, options: { ...parameters.options, responseMediaType } };
}

/** The members that the form takes, and the others. @param {any} body @param {(body: any) => any} fill */
function parted(body, fill) {
	/** @type {Record<string, any>[]} */
	const [form, json] = [{}, {}];
	for (const [name, value] of Object.entries(body)) {
		try {
			fill({ [name]: value });
			form[name] = value;
		} catch (error) {
			if (!(error instanceof NoPlace)) throw error;
			json[name] = value;
		}
	}
	return [form, json];
}

/** @param {import('../prove/package.cjs').Operation} operation */
function hasJson({ request, shapes }) {
	let shape = request.body?.shape;
	while (shape?.use !== undefined) shape = shapes[shape.use];
	return shape?.merge?.some(standsInstead) ?? false;
}

/** A file of the item: bytes in base64, or what the suite has of a part. @param {any} value @param {Job} job */
function fileOf(value, job) {
	if (typeof value === 'string') return { data: value, mimeType: job.mediaType ?? 'application/octet-stream' };
	return { data: value.base64, mimeType: value.contentType, fileName: value.fileName };
}

/** @param {any} item @returns {Item} */
function itemOf({ json, binary = {} }) {
	const [file] = Object.values(binary);
	return file ? { json, file: file.data } : { json };
}

/** @param {any} error */
function told(error) {
	return [error.message, error.description].filter(Boolean).join(': ');
}

module.exports = { call };
