// @ts-check
'use strict';
/** What must come out of a node for an answer. */
const { records } = require('./compare.cjs');

/**
 * One value for each item: the records inside the envelope.
 *
 * @param {import('./subject.cjs').Action} action
 * @param {import('./form/fill.cjs').Case} given
 * @param {any} body
 * @param {import('./package.cjs').Operation} operation
 * @returns {any[]}
 */
function wanted(action, given, body, operation) {
	return records(body, action);
}

module.exports = { wanted };
