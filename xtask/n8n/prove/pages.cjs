// @ts-check
'use strict';
/** A list of records, page by page, in the way the document says: what a server of that kind answers. */
const { at } = require('./compare.cjs');

/**
 * How a list continues, as the compiler knows it.
 *
 * @typedef {object} Pagination
 * @property {'cursor' | 'page' | 'offset' | 'link' | 'url'} strategy
 * @property {string} [parameter] which moves on
 * @property {string[]} [next] the keys to the cursor or the URL
 * @property {string[]} [previous] the keys to the cursor that leads back
 * @property {number} [first] the first page's number
 * @property {string[]} items
 * @property {string} [size] the parameter for a page's size
 * @property {string[]} [more]
 */

/** Puts a value where keys lead. @param {any} whole @param {string[]} keys @param {any} value */
function put(whole, keys, value) {
	if (keys.length === 0) return value;
	const [key = '', ...rest] = keys;
	const copy = Array.isArray(whole) ? [...whole] : { ...whole };
	copy[key] = put(copy[key], rest, value);
	return copy;
}

/**
 * A page's body.
 *
 * @param {any} body of any page
 * @param {Pagination} pagination
 * @param {any[]} items
 * @param {string | null} next the cursor or the URL; null on the last page
 */
function page(body, { items: place, more, next: at, strategy }, items, next) {
	let made = put(body, place, items);
	if (more) made = put(made, more, next !== null);
	if (at && ['cursor', 'url'].includes(strategy)) made = put(made, at, next);
	return made;
}

/** The last page, which is empty. @param {any} body @param {Pagination | null} pagination */
function lastPage(body, pagination) {
	return pagination ? page(body, pagination, [], null) : body;
}

/**
 * The only page: with records, where it can say that there is no other; else an empty one.
 *
 * @param {any} body
 * @param {Pagination | null | undefined} pagination
 */
function onlyPage(body, pagination) {
	if (!pagination) return body;
	const says = pagination.more || ['cursor', 'url', 'link'].includes(pagination.strategy);
	const { previous } = pagination;
	if (previous) body = put(body, previous, null);
	return says ? page(body, pagination, at(body, pagination.items) ?? [], null) : lastPage(body, pagination);
}

/**
 * Answers with the page that a request asks for.
 *
 * @param {import('./form/fill.cjs').Case['response']} response
 * @param {Pagination} pagination
 * @param {any[]} records
 * @param {number} usual how many records a page has where none is asked for
 * @param {string} baseUrl
 * @returns {import('./record.cjs').Recorder['answer']}
 */
function paged(response, pagination, records, usual, baseUrl) {
	return ({ target }) => {
		const url = new URL(target, baseUrl);
		const ask = (/** @type {string | undefined} */ name) => (name === undefined ? null : url.searchParams.get(name));
		const size = Number(ask(pagination.size) ?? usual);
		const start = first(pagination, ask, url, size);
		const items = records.slice(start, start + size);
		const end = start + size;
		const isLast = end >= records.length;
		const headers = { ...response.headers };
		let next = null;
		if (!isLast) {
			const following = new URL(url);
			following.searchParams.set('from', String(end));
			if (pagination.strategy === 'link') headers.link = `<${following}>; rel="next"`;
			next = pagination.strategy === 'url' ? String(following) : `cursor-${end}`;
		}
		return { status: response.status, headers, body: page(response.body, pagination, items, next) };
	};
}

/** The index of the first record that is asked for. @param {Pagination} pagination @param {(name?: string) => string | null} ask @param {URL} url @param {number} size */
function first({ strategy, parameter, first = 1 }, ask, url, size) {
	switch (strategy) {
		case 'cursor':
			return Number((ask(parameter) ?? 'cursor-0').replace('cursor-', ''));
		case 'page':
			return (Number(ask(parameter) ?? first) - first) * size;
		case 'offset':
			return Number(ask(parameter) ?? 0);
		default:
			return Number(url.searchParams.get('from') ?? 0);
	}
}

module.exports = { lastPage, onlyPage, paged };
