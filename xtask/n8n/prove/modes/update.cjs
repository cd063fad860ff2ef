// @ts-check
'use strict';
/** An update in which one field is set sends this field: for every field of every update. */
const compare = require('../compare.cjs');
const exact = require('../exact.cjs');
const { onlyPage } = require('../pages.cjs');
const { Tally } = require('../tally.cjs');

/** @param {any} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {import('../subject.cjs').Subject} subject */
function updates(subject) {
	return subject.actions
		.filter((action) => ['update_one', 'update_many'].includes(action.kind))
		.map((action) => ({ action, all: subject.case(action.action, 'all'), required: subject.case(action.action, 'required') }))
		.filter(({ all }) => isObject(all?.body));
}

/** @param {import('../subject.cjs').Subject} subject @param {import('../record.cjs').Recorder} server */
async function update(subject, server) {
	const fields = updates(subject).flatMap(({ action, all, required }) =>
		Object.keys(all?.body).map((field) => ({ id: `${action.action} ${field}`, beside: action.beside, field, all, required })),
	);
	const tally = new Tally('one field', 'fields', fields);
	for (const { id, field, all, required } of fields) {
		await tally.check(id, () => one(subject, server, field, /** @type {any} */ (all), /** @type {any} */ (required)));
	}
	return tally;
}

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {string} field
 * @param {import('../form/fill.cjs').Case} all
 * @param {import('../form/fill.cjs').Case} required
 */
async function one(subject, server, field, all, required) {
	const first = required.body ?? {};
	// In the order of the whole.
	const body = Object.fromEntries(
		Object.entries(all.body)
			.filter(([name]) => name === field || Object.hasOwn(first, name))
			.map(([name, value]) => [name, name === field ? value : first[name]]),
	);
	const given = { ...required, inputs: /** @type {const} */ ('all'), body };
	const filled = subject.fill(subject.operation(required.action), given);
	const action = subject.actions.find((it) => it.action === all.action);
	server.begin(() => onlyPage(all.response, action?.pagination));
	const { error, issues } = await subject.run(server.baseUrl, given, filled);
	const differences = error ? [`it failed: ${error.message}`] : [];
	if (Object.keys(issues).length > 0) differences.push(`n8n complains: ${compare.shown(issues)}`);
	const isForm = all.request.headers['content-type']?.includes('x-www-form-urlencoded');
	const sent = server.requests[0];
	if (!isForm) {
		const headers = { ...all.request.headers };
		for (const name of subject.decided) if (!(name in required.request.headers) && name !== 'content-type') delete headers[name];
		const wanted = { ...required.request, headers, body: exact.stringify(body) };
		return [...differences, ...compare.request(wanted, sent, subject.decided)];
	}
	const names = [...new URLSearchParams(sent?.body.toString() ?? '').keys()];
	const isRight = JSON.stringify([...new Set(names)].sort()) === JSON.stringify(Object.keys(body).sort());
	return isRight ? differences : [...differences, `it sent ${names.join(', ')}`];
}

module.exports = { update };
