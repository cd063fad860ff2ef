// @ts-check
'use strict';
/** What was sent and what came out, against what had to be. Each comparison gives the differences. */
const { isDeepStrictEqual } = require('node:util');

/** @param {unknown} value */
function shown(value) {
	const text = typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing';
	return text.length > 600 ? `${text.slice(0, 600)}..` : text;
}

/**
 * @param {import('./form/fill.cjs').Case['request']} wanted
 * @param {import('./record.cjs').Recorded | undefined} sent
 * @param {Set<string>} decided names of headers that any case of the document has
 * @param {{ parameter: string, value: string }[]} [may] query parameters that may be there as well
 * @returns {string[]}
 */
function request(wanted, sent, decided, may = []) {
	if (!sent) return ['nothing was sent'];
	/** @type {string[]} */
	const differences = [];
	const differ = (/** @type {string} */ what, /** @type {unknown} */ want, /** @type {unknown} */ got) =>
		differences.push(`${what}: ${shown(got)}\n    instead of ${shown(want)}`);
	if (sent.method !== wanted.method) differ('method', wanted.method, sent.method);
	// A parameter that the case has is not taken away.
	const beside = may.filter(({ parameter }) => !names(wanted.target).has(parameter));
	const target = beside.reduce(without, sent.target);
	if (target !== wanted.target) differ('target', wanted.target, sent.target);
	for (const name of decided) {
		const [want, got] = [wanted.headers[name], sent.headers[name]];
		if (want !== got) differ(`header ${name}`, want, got);
	}
	const text = Buffer.from(wanted.body ?? '');
	if (!text.equals(sent.body)) differ('body', wanted.body, sent.body.toString());
	return differences;
}

/** The names of the query parameters. @param {string} target */
function names(target) {
	return new Set(new URLSearchParams(target.split('?')[1]).keys());
}

/** @param {string} target @param {{ parameter: string, value: string }} parameter */
function without(target, { parameter, value }) {
	const [path, query] = target.split('?');
	const left = (query ?? '').split('&').filter((pair) => pair !== `${encodeURIComponent(parameter)}=${value}`);
	return left.join('') === '' ? path : `${path}?${left.join('&')}`;
}

/** The value that keys lead to. @param {any} value @param {string[]} keys */
function at(value, keys) {
	return keys.reduce((inner, key) => inner?.[key], value);
}

/**
 * The records of a response: what the items must be.
 *
 * @param {any} body
 * @param {{ envelope: string[], list: boolean }} outcome
 * @returns {any[]}
 */
function records(body, { envelope, list }) {
	const data = at(body, envelope);
	return list && Array.isArray(data) ? data : [data];
}

/**
 * @param {any[]} wanted one value for each item
 * @param {any[]} items
 * @param {number} input the index of the item that they came from
 * @param {(want: any, item: any) => string | undefined} [differ]
 * @returns {string[]}
 */
function output(wanted, items, input, differ = same) {
	if (items.length !== wanted.length) return [`${items.length} items came out instead of ${wanted.length}: ${shown(items)}`];
	return items.flatMap((item, index) => {
		const paired = [item.pairedItem].flat()[0];
		const from = typeof paired === 'object' ? paired?.item : paired;
		const differences = from === input ? [] : [`item ${index} came of item ${shown(item.pairedItem)} instead of ${input}`];
		const difference = differ(wanted[index], item);
		return difference ? [...differences, `item ${index} ${difference}`] : differences;
	});
}

/** @param {any} want @param {any} item */
function same(want, item) {
	const isObject = typeof want === 'object' && want !== null && !Array.isArray(want);
	// What is no object is a member of one: items are objects.
	const got = isObject ? item.json : Object.values(item.json ?? {})[0];
	return isDeepStrictEqual(plain(got), want) ? undefined : `is ${shown(item.json)}\n    instead of ${shown(want)}`;
}

/** @param {any} value */
function plain(value) {
	return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Some members of a record, each as it is there. @param {any} want @param {any} item */
function simplified(want, item) {
	const members = Object.entries(item.json ?? {});
	if (members.length === 0 && Object.keys(want ?? {}).length > 0) return 'is empty';
	const other = members.find(([name, value]) => !isDeepStrictEqual(plain(value), want?.[name]));
	return other && `has ${other[0]}: ${shown(other[1])} instead of ${shown(want?.[other[0]])}`;
}

module.exports = { at, output, records, request, same, shown, simplified };
