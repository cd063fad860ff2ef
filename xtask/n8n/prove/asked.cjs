// @ts-check
'use strict';
/**
 * Cases without a body that the node always asks for.
 *
 * Many documents say of a body's members that they are required, and not of the body. The node asks for
 * them then; the table's smallest request has no body. Such a case becomes the request with the required
 * members alone, as the case with everything sends them.
 */

const exact = require('./exact.cjs');

/**
 * @param {import('./form/fill.cjs').Case} given
 * @param {import('./form/fill.cjs').Case | undefined} full the case of the same action with everything
 * @param {import('./package.cjs').Operation | undefined} operation
 * @param {(operation: import('./package.cjs').Operation) => any[]} properties
 * @returns {import('./form/fill.cjs').Case}
 */
function asked(given, full, operation, properties) {
	const body = operation?.request.body;
	const hasNone = given.inputs === 'required' && given.body === undefined;
	if (!hasNone || !operation || !body || body.required || body.encoding !== 'json' || !full?.request.body) return given;
	const names = onTop(body.shape, operation, properties(operation));
	const members = Object.entries(exact.parse(full.request.body)).filter(([name]) => names.includes(name));
	if (members.length === 0) return given;
	const headers = { ...given.request.headers, 'content-type': full.request.headers['content-type'] ?? body.mediaType };
	const written = Object.fromEntries(members);
	return { ...given, body: written, request: { ...given.request, headers, body: exact.stringify(written) } };
}

/** The members on the wire that have a required parameter. @param {any} shape @param {any} operation @param {any[]} properties @returns {string[]} */
function onTop(shape, operation, properties) {
	const found = shape.use === undefined ? shape : operation.shapes[shape.use];
	const parts = found.merge ?? [found];
	const members = parts.flatMap((/** @type {any} */ part) => Object.entries(part.object ?? {}));
	const isRequired = (/** @type {string} */ name) => properties.some((it) => it.name === name && (it.required || it.options?.some((/** @type {any} */ option) => option.value === '')));
	return members.filter(([name, member]) => member.constant !== undefined || isRequired(member.name ?? name)).map(([name]) => name);
}

module.exports = { asked };
