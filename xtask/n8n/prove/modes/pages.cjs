// @ts-check
'use strict';
/** Return All over several pages gives every record once; Limit as many as it says. */
const compare = require('../compare.cjs');
const { numbered, paged } = require('../pages.cjs');
const { Tally } = require('../tally.cjs');

/** How many records a page has where neither the request nor the document says it. */
const PAGE = 3;

/** @param {import('../subject.cjs').Subject} subject @param {import('../record.cjs').Recorder} server */
async function pages(subject, server) {
	const lists = subject.actions.filter((action) => action.pagination && subject.case(action.action, 'required'));
	const tally = new Tally('pages', 'lists', lists.map(({ action: id, beside }) => ({ id, beside })));
	for (const action of lists) {
		for (const pagination of known(action.pagination)) await tally.check(action.action, () => one(subject, server, action, pagination));
	}
	return tally;
}

/** Where nobody knows the number of the first page, servers of both kinds are tried. @param {import('../pages.cjs').Pagination} pagination */
function known(pagination) {
	const isOpen = pagination.strategy === 'page' && pagination.first === null;
	return isOpen ? [0, 1].map((first) => ({ ...pagination, first })) : [pagination];
}

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {import('../subject.cjs').Action} action
 * @param {import('../pages.cjs').Pagination} pagination
 */
async function one(subject, server, action, pagination) {
	const given = /** @type {import('../form/fill.cjs').Case} */ (subject.case(action.action, 'required'));
	const operation = subject.operation(action.action);
	const [sample] = compare.at(given.response.body, pagination.items) ?? [];
	if (sample === undefined) return ['its response has no record at the place of the items'];
	const { size } = operation.request.pagination ?? {};
	const usual = size?.default ?? PAGE;
	const asked = Math.max(usual, size?.maximum ?? 0);
	const records = numbered(sample, pagination, 2 * asked + 1);
	const answer = paged(given.response, pagination, records, usual, server.baseUrl);

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
	// A server that does not say that there is no more is asked once more, and so is one whose first page
	// came by itself and may be page 1.
	const most = least + (action.pagination.first === pagination.first ? 1 : 2);
	if (server.requests.length < least || server.requests.length > most) {
		differences.push(`Return All sent ${server.requests.length} requests for ${least} pages: ${server.requests.map((it) => it.target).join(' ')}`);
	}
	for (const limit of [1, asked, asked + 1]) {
		const some = await get({ returnAll: false, limit });
		differences.push(...some.differences, ...counted(`Limit ${limit}`, records.slice(0, limit), some.items));
		if (limit === 1 && server.requests.length !== 1) differences.push(`Limit 1 sent ${server.requests.length} requests`);
	}
	return differences;
}

/** @param {string} what @param {any[]} records @param {any[]} items */
function counted(what, records, items) {
	return compare
		.output(records, items, 0)
		.slice(0, 2)
		.map((it) => `${what}: ${it}`);
}

module.exports = { pages };
