// @ts-check
'use strict';
/** Several items in one execution: each parameter that is an expression has the value of its item. */
const compare = require('../compare.cjs');
const { onlyPage } = require('../pages.cjs');
const { Tally } = require('../tally.cjs');
const { varied } = require('../vary.cjs');

const ITEMS = [0, 1, 2];

/** @param {import('../subject.cjs').Subject} subject @param {import('../record.cjs').Recorder} server */
async function items(subject, server) {
	const cases = subject.cases.filter((it) => it.inputs === 'all');
	const beside = (/** @type {string} */ id) => subject.actions.find((it) => it.action === id)?.beside ?? true;
	const tally = new Tally('three items', 'actions', cases.map(({ action: id }) => ({ id, beside: beside(id) })));
	for (const given of cases) await tally.check(given.action, () => one(subject, server, given));
	return tally;
}

/**
 * The requests for three items are those for each of the values by itself.
 *
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {import('../form/fill.cjs').Case} given
 */
async function one(subject, server, given) {
	const action = subject.actions.find((it) => it.action === given.action);
	const filled = subject.fill(subject.operation(given.action), given);
	const { response } = given;
	const send = async (/** @type {any} */ job) => {
		server.begin(() => onlyPage(response, action?.pagination));
		const result = await subject.run(server.baseUrl, given, { ...filled, ...job });
		if (result.error) throw new Error(`it failed: ${result.error.message}`);
		return { ...result, sent: server.requests.map(shape) };
	};
	const { variants, expressions, values } = varied(filled);
	/** @type {string[]} */
	const single = [];
	for (const parameters of variants) single.push(...(await send({ parameters })).sent);
	const together = await send({ parameters: expressions, items: values.map((json) => ({ json })) });

	const differences = [];
	if (single.length !== ITEMS.length) differences.push(`${single.length} requests were sent for ${ITEMS.length} items`);
	ITEMS.forEach((index) => {
		const [want, got] = [single[index], together.sent[index]];
		if (want !== got) differences.push(`item ${index} sent ${compare.shown(got)}\n    instead of ${compare.shown(want)}`);
	});
	const different = new Set(values.map((json) => JSON.stringify(json))).size;
	if (new Set(single).size !== different) differences.push('other values do not make another request');
	const from = together.items.map((item) => item.pairedItem?.item ?? item.pairedItem);
	if (from.some((input, index) => input < (from[index - 1] ?? 0) || !ITEMS.includes(input))) {
		differences.push(`the items came of ${compare.shown(from)}`);
	}
	return differences;
}

/** @param {import('../record.cjs').Recorded} sent */
function shape({ method, target, headers, body }) {
	const { host, connection, 'content-length': _, 'user-agent': __, ...own } = headers;
	return JSON.stringify([method, target, own, body.toString('latin1')]);
}

module.exports = { items };
