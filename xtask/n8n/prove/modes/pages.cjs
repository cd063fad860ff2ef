// @ts-check
'use strict';
/** Return All over several pages gives every record once; Limit as many as it says. */
const compare = require('../compare.cjs');
const { paged } = require('../pages.cjs');
const { Tally } = require('../tally.cjs');

/** How many records a page has where neither the request nor the document says it. */
const PAGE = 3;

/** @param {import('../subject.cjs').Subject} subject @param {import('../record.cjs').Recorder} server */
async function pages(subject, server) {
	const lists = subject.actions.filter((action) => action.pagination && subject.case(action.action, 'required'));
	const tally = new Tally('pages', 'lists', lists.map(({ action: id, beside }) => ({ id, beside })));
	for (const action of lists) await tally.check(action.action, () => one(subject, server, action));
	return tally;
}

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {import('../subject.cjs').Action} action
 */
async function one(subject, server, action) {
	const given = /** @type {import('../form/fill.cjs').Case} */ (subject.case(action.action, 'required'));
	const operation = subject.operation(action.action);
	const [sample] = compare.at(given.response.body, action.pagination.items) ?? [];
	if (sample === undefined) return ['its response has no record at the place of the items'];
	const { size } = operation.request.pagination ?? {};
	const usual = size?.default ?? PAGE;
	const asked = Math.max(usual, size?.maximum ?? 0);
	const records = Array.from({ length: 2 * asked + 1 }, (_, index) => numbered(sample, index));
	const answer = paged(given.response, action.pagination, records, usual, server.baseUrl);

	const get = async (/** @type {any} */ choice) => {
		const filled = subject.fill(operation, given);
		server.begin(answer);
		const result = await subject.run(server.baseUrl, given, { ...filled, parameters: { ...filled.parameters, ...choice } });
		const differences = result.error ? [`it failed: ${result.error.message}`] : [];
		return { ...result, differences };
	};
	const all = await get({ returnAll: true });
	const differences = [...all.differences, ...counted('Return All', records, all.items)];
	const least = Math.ceil(records.length / asked);
	// A server that does not say that there is no more is asked once more.
	if (server.requests.length < least || server.requests.length > least + 1) {
		differences.push(`Return All sent ${server.requests.length} requests for ${least} pages: ${server.requests.map((it) => it.target).join(' ')}`);
	}
	for (const limit of [1, asked, asked + 1]) {
		const some = await get({ returnAll: false, limit });
		differences.push(...some.differences, ...counted(`Limit ${limit}`, records.slice(0, limit), some.items));
		if (limit === 1 && server.requests.length !== 1) differences.push(`Limit 1 sent ${server.requests.length} requests`);
	}
	return differences;
}

/** @param {any} sample @param {number} index */
function numbered(sample, index) {
	const isObject = typeof sample === 'object' && sample !== null && !Array.isArray(sample);
	return isObject ? { ...sample, number: index } : index;
}

/** @param {string} what @param {any[]} records @param {any[]} items */
function counted(what, records, items) {
	return compare
		.output(records, items, 0)
		.slice(0, 2)
		.map((it) => `${what}: ${it}`);
}

module.exports = { pages };
