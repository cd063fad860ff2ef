// @ts-check
'use strict';
/** JSON with whole numbers that JavaScript would round: a case has them, and they must be sent as they are. */
const { randomUUID } = require('node:crypto');

/** A whole number from 2^53. */
class Long {
	/** @param {string} digits */
	constructor(digits) {
		this.digits = digits;
	}
}

/** @param {string} text @returns {any} */
function parse(text) {
	const mark = randomUUID();
	const isLong = (/** @type {string} */ token) => /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token));
	const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => (isLong(token) ? `"${mark}${token}"` : token));
	return JSON.parse(marked, (_, value) => (typeof value === 'string' && value.startsWith(mark) ? new Long(value.slice(mark.length)) : value));
}

/** @param {any} value @returns {string} */
function stringify(value) {
	const mark = randomUUID();
	const text = JSON.stringify(value, (_, inner) => (inner instanceof Long ? mark + inner.digits : inner));
	return text?.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}

module.exports = { Long, parse, stringify };
