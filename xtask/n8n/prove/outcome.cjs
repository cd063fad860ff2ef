// @ts-check
'use strict';
/** What must come out of a node for an answer. */
const compare = require('./compare.cjs');

/**
 * One value for each item: the records inside the envelope, and what a removal says beside them.
 *
 * @param {import('./subject.cjs').Action} action
 * @param {import('./form/fill.cjs').Case} given
 * @param {any} body
 * @returns {any[]}
 */
function wanted(action, given, body) {
	const isRemoval = ['delete_one', 'delete_many'].includes(action.kind);
	const empty = isRemoval ? { deleted: true, ...(action.kind === 'delete_one' && id(given)) } : { success: true };
	// What a document says of the body of a 204 is never sent (RFC 9110, section 15.3.5).
	if (body === undefined || given.response.status === 204) return [empty];
	return compare.records(body, action).map((record) => {
		if (record === null || record === undefined) return empty;
		const isObject = typeof record === 'object' && !Array.isArray(record);
		// A record that has an id of its own keeps it.
		return isRemoval && isObject ? { ...empty, ...record } : record;
	});
}

/** The id in the path of what is removed. @param {import('./form/fill.cjs').Case} given */
function id({ parameters }) {
	const last = Object.values(parameters.path ?? {}).at(-1);
	return last === undefined ? {} : { id: last };
}

/** How an item differs from what it must be. @param {import('./package.cjs').Operation} operation */
function differ({ request }) {
	return request.response.as === 'binary' ? file : compare.same;
}

/** @param {any} want the text that was answered @param {any} item */
function file(want, item) {
	const [data] = Object.values(item.binary ?? {});
	const text = Buffer.from(data?.data ?? '', 'base64').toString();
	return text === want ? undefined : `has the file ${compare.shown(text)}\n    instead of ${compare.shown(want)}`;
}

module.exports = { differ, wanted };
