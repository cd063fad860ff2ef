// @ts-check
'use strict';
/** A server that refuses the second of three items: with and without Continue On Fail. */
const { inspect } = require('node:util');
const compare = require('../compare.cjs');
const { onlyPage } = require('../pages.cjs');
const { TOKEN } = require('../subject.cjs');
const { Tally } = require('../tally.cjs');

const THREE = [{ json: { n: 0 } }, { json: { n: 1 } }, { json: { n: 2 } }];

/** @param {import('../subject.cjs').Subject} subject @param {import('../record.cjs').Recorder} server */
async function failing(subject, server) {
	const cases = subject.cases.filter((it) => it.inputs === 'required');
	const of = (/** @type {string} */ id) => subject.actions.find((it) => it.action === id);
	const tally = new Tally('refused', 'actions', cases.map(({ action: id }) => ({ id, beside: of(id)?.beside ?? true })));
	for (const given of cases) await tally.check(given.action, () => one(subject, server, /** @type {any} */ (of(given.action)), given));
	return tally;
}

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {import('../subject.cjs').Action} action
 * @param {import('../form/fill.cjs').Case} given
 */
async function one(subject, server, action, given) {
	const filled = subject.fill(subject.operation(given.action), given);
	const { response } = given;
	const { refusal } = action;
	// The server repeats the token, as some do.
	const repeated = subject.hasSecret(given) ? TOKEN : 'nothing';
	const body = JSON.parse(JSON.stringify(refusal.body).replace('{token}', repeated));
	const run = async (/** @type {any} */ settings) => {
		server.begin((_, index) =>
			index === 1
				? { status: refusal.status, headers: { 'content-type': 'application/json' }, body }
				: onlyPage(response, action.pagination),
		);
		return await subject.run(server.baseUrl, given, { ...filled, items: THREE, settings, token: TOKEN });
	};
	const going = await run({ onError: 'continueRegularOutput' });
	const stopped = await run({});
	return [...continued(going, refusal, server), ...thrown(stopped.error, refusal)];
}

/** The items that were not refused have passed, and the second says why it was. @param {any} result @param {any} refusal @param {any} server */
function continued({ items, error }, refusal, server) {
	if (error) return [`Continue On Fail did not continue: ${error.message}`];
	const of = (/** @type {number} */ input) => items.filter((/** @type {any} */ item) => (item.pairedItem?.item ?? item.pairedItem) === input);
	const failed = of(1);
	const message = failed[0]?.json?.error ?? failed[0]?.error?.message;
	if (failed.length !== 1 || typeof message !== 'string' || !message.includes(refusal.message)) {
		return [`the second item came out as ${compare.shown(failed)}, without ${refusal.message}`];
	}
	const others = [0, 2].filter((input) => of(input).some((/** @type {any} */ item) => item.json?.error !== undefined && message === item.json.error));
	const hidden = leaks(items);
	return [...others.map((input) => `item ${input} failed as well`), ...hidden];
}

/** What is thrown names the item, the status and the server's own words. @param {any} error @param {any} refusal */
function thrown(error, refusal) {
	if (!error) return ['nothing was thrown'];
	const differences = [];
	if (error.name !== 'NodeApiError') differences.push(`a ${error.name} was thrown: ${error.message}`);
	if (!`${error.message} ${error.description}`.includes(refusal.message)) {
		differences.push(`it says ${compare.shown(`${error.message} / ${error.description}`)}\n    instead of ${refusal.message}`);
	}
	if (String(error.httpCode) !== String(refusal.status)) differences.push(`its code is ${error.httpCode}`);
	if (error.context?.itemIndex !== 1) differences.push(`it is of item ${error.context?.itemIndex}`);
	return [...differences, ...leaks(error)];
}

/** Whether the token is anywhere in what n8n would keep or show. @param {any} value */
function leaks(value) {
	const all = [inspect(value, { depth: 12, showHidden: true }), value?.stack, inspect(value?.cause, { depth: 8 })];
	return all.some((text) => text?.includes(TOKEN)) ? ['the token is in it'] : [];
}

module.exports = { failing };
