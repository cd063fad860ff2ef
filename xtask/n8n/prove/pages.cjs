// @ts-check
'use strict';
/** A list of records, page by page, in the way the document says: what a server of that kind answers. */
const { at } = require('./compare.cjs');

/**
 * Where a request has a value: a query parameter's name, a header, or keys of its body.
 *
 * @typedef {string | { header: string } | { body: string[] }} Slot
 */

/**
 * Where an answer has a value: keys of the body, a header, or keys of an item of the page.
 *
 * @typedef {string[] | { header: string } | { last: string[] } | { first: string[] }} Given
 */

/**
 * How a list continues, as the compiler knows it.
 *
 * @typedef {object} Pagination
 * @property {'cursor' | 'page' | 'offset' | 'link' | 'url'} strategy
 * @property {Slot | null} parameter which moves on
 * @property {Given | null} next where the cursor or the URL is
 * @property {{ parameter: Slot, cursor: Given } | null} back what leads back
 * @property {number | null} first the first page's or item's number; null where nobody knows it
 * @property {string[]} items
 * @property {Slot | null} size what takes a page's size
 * @property {string[] | null} more
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
 * A page.
 *
 * @param {import('./form/fill.cjs').Case['response']} response of any page
 * @param {Pagination} pagination
 * @param {any[]} items
 * @param {string | null} next the cursor or the URL; null on the last page
 */
function page(response, { items: place, more, next: at, strategy }, items, next) {
	let body = put(response.body, place, items);
	const headers = { ...response.headers };
	if (more) body = put(body, more, next !== null);
	if (Array.isArray(at)) body = put(body, at, next);
	else if (at && 'header' in at && next !== null) headers[at.header.toLowerCase()] = next;
	else if (strategy === 'link' && next !== null) headers.link = `<${next}>; rel="next"`;
	return { ...response, headers, body };
}

/** The last page, which is empty. @param {import('./form/fill.cjs').Case['response']} response @param {Pagination | null | undefined} pagination */
function lastPage(response, pagination) {
	return pagination ? page(response, pagination, [], null) : response;
}

/**
 * The only page: with records, where it can say that there is no other; else an empty one.
 *
 * @param {import('./form/fill.cjs').Case['response']} response
 * @param {Pagination | null | undefined} pagination
 */
function onlyPage(response, pagination) {
	if (!pagination) return response;
	const { back } = pagination;
	const says = (/** @type {Given | null | undefined} */ it) => Array.isArray(it) || (it !== null && it !== undefined && 'header' in it);
	// A case can begin with what leads back, where only the cursor that leads back counts.
	const ends = pagination.strategy === 'link' || says(pagination.next) || pagination.more;
	if (!ends || (back && !says(back.cursor))) return lastPage(response, pagination);
	const body = Array.isArray(back?.cursor) ? put(response.body, back.cursor, null) : response.body;
	return page({ ...response, body }, pagination, at(body, pagination.items) ?? [], null);
}

/**
 * Records that tell each other apart: by a number of their own, and by what a list goes on with.
 *
 * @param {any} sample
 * @param {Pagination} pagination
 * @param {number} count
 * @returns {any[]}
 */
function numbered(sample, { next }, count) {
	const isObject = typeof sample === 'object' && sample !== null && !Array.isArray(sample);
	const keys = next && 'last' in next ? next.last : undefined;
	return Array.from({ length: count }, (_, index) => {
		if (!isObject) return index;
		const record = { ...sample, number: index };
		return keys ? put(record, keys, typeof at(sample, keys) === 'number' ? index + 1 : `cursor-${index + 1}`) : record;
	});
}

/**
 * Answers with the page that a request asks for.
 *
 * @param {import('./form/fill.cjs').Case['response']} response
 * @param {Pagination} pagination with a known first page
 * @param {any[]} records
 * @param {number} usual how many records a page has where none is asked for
 * @param {string} baseUrl
 * @returns {import('./record.cjs').Recorder['answer']}
 */
function paged(response, pagination, records, usual, baseUrl) {
	return (request) => {
		const size = Number(asked(request, pagination.size) ?? usual);
		const start = begin(pagination, request, size);
		const end = start + size;
		const items = records.slice(start, end);
		if (end >= records.length) return page(response, pagination, items, null);
		const following = new URL(request.target, baseUrl);
		following.searchParams.set('from', String(end));
		const isUrl = ['link', 'url'].includes(pagination.strategy);
		return page(response, pagination, items, isUrl ? String(following) : `cursor-${end}`);
	};
}

/** What a request has in a slot. @param {import('./record.cjs').Recorded} request @param {Slot | null} slot @returns {any} */
function asked({ target, headers, body }, slot) {
	if (slot === null) return null;
	if (typeof slot === 'string') return new URLSearchParams(target.split('?')[1]).get(slot);
	if ('header' in slot) return headers[slot.header.toLowerCase()];
	return body.length > 0 ? at(JSON.parse(body.toString()), slot.body) : null;
}

/** The index of the first record that is asked for. @param {Pagination} pagination @param {import('./record.cjs').Recorded} request @param {number} size */
function begin({ strategy, parameter, first }, request, size) {
	const from = asked(request, parameter);
	switch (strategy) {
		case 'cursor':
			return Number(String(from ?? 'cursor-0').replace('cursor-', ''));
		case 'page':
			return (Number(from ?? first) - (first ?? 0)) * size;
		case 'offset':
			return Number(from ?? first) - (first ?? 0);
		default:
			return Number(asked(request, 'from') ?? 0);
	}
}

module.exports = { lastPage, numbered, onlyPage, paged };
