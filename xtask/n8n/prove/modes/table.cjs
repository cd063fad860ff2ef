// @ts-check
'use strict';
/** What is sent for each case of the table, byte for byte, and what comes out for its answer. */
const compare = require('../compare.cjs');
const { differ, wanted } = require('../outcome.cjs');
const { lastPage } = require('../pages.cjs');
const { Tally } = require('../tally.cjs');

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {'required' | 'all' | 'null'} inputs
 */
async function table(subject, server, inputs) {
	const cases = subject.cases.filter((it) => it.inputs === inputs);
	const of = (/** @type {string} */ id) => subject.actions.find((it) => it.action === id);
	const tally = new Tally(inputs, 'actions', cases.map(({ action }) => ({ id: action, beside: of(action)?.beside ?? true })));
	for (const given of cases) {
		const action = of(given.action);
		if (!action) tally.add(given.action, ['the compiler does not know it']);
		else await tally.check(given.action, () => one(subject, server, action, given));
	}
	return tally;
}

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {import('../subject.cjs').Action} action
 * @param {import('../form/fill.cjs').Case} given
 */
async function one(subject, server, action, given) {
	const operation = subject.operation(given.action);
	const { request } = operation;
	const { response } = given;
	const differences = [];
	const run = async (/** @type {any} */ body, /** @type {any} */ choices = {}) => {
		server.begin((_, index) => (index === 0 ? { ...response, body } : lastPage(response, action.pagination)));
		const filled = subject.fill(operation, given, choices);
		const { items, error, issues } = await subject.run(server.baseUrl, given, filled);
		if (Object.keys(issues).length > 0) differences.push(`n8n complains: ${compare.shown(issues)}`);
		if (error) differences.push(`it failed: ${error.message}${error.description ? ` (${error.description})` : ''}`);
		return { items, ...filled };
	};

	const full = await run(response.body);
	differences.push(...compare.request(given.request, server.requests[0], subject.decided, mayAsk(request, full.parameters)));
	differences.push(...further(server.requests, action));
	differences.push(...output(action, given, response.body, operation, full));
	if (full.hasChoices) {
		await run(response.body, { backwards: true });
		const other = compare.request(given.request, server.requests[0], subject.decided, mayAsk(request, full.parameters));
		differences.push(...other.map((it) => `filled in another way: ${it}`));
	}
	if (response.unset !== undefined) {
		const unset = await run(response.unset);
		differences.push(...output(action, given, response.unset, operation, unset));
	}
	if (full.parameters.simplify !== undefined) {
		const simple = await run(response.body, { simplify: true });
		const records = wanted(action, given, response.body);
		const cut = limited(records, simple.parameters);
		differences.push(...compare.output(cut, simple.items, 0, compare.simplified).map((it) => `simplified: ${it}`));
	}
	return differences;
}

/** @param {any[]} records @param {any} parameters */
function limited(records, { returnAll, limit }) {
	return returnAll === false ? records.slice(0, limit) : records;
}

/**
 * @param {import('../subject.cjs').Action} action
 * @param {import('../form/fill.cjs').Case} given
 * @param {any} body
 * @param {import('../package.cjs').Operation} operation
 * @param {{ items: any[], parameters: any }} got
 */
function output(action, given, body, operation, { items, parameters }) {
	return compare.output(limited(wanted(action, given, body), parameters), items, 0, differ(operation));
}

/** What a list may ask for beside: the largest page for Return All, and the first page by its number. @param {any} request @param {any} parameters */
function mayAsk({ pagination }, { returnAll }) {
	const { size, next } = pagination ?? {};
	const may = [];
	if (returnAll && size?.maximum > (size?.default ?? 0)) may.push({ parameter: size.parameter, value: String(size.maximum) });
	const begins = next?.by === 'page' && next.first !== undefined && next.current === undefined;
	if (begins && typeof next.parameter === 'string') may.push({ parameter: next.parameter, value: String(next.first) });
	return may;
}

/** A list may ask for the next page, which is the last; nothing else is sent. @param {any[]} requests @param {import('../subject.cjs').Action} action */
function further(requests, { pagination }) {
	const most = pagination ? 2 : 1;
	return requests.length <= most ? [] : [`${requests.length} requests were sent: ${requests.map((it) => it.target).join(' ')}`];
}

module.exports = { table };
