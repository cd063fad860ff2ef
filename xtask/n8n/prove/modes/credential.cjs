// @ts-check
'use strict';
/** The credentials' own test: it asks what the document knows, with the credential, and believes the answer. */
const { hasSecret } = require('../credentials.cjs');
const { Tally } = require('../tally.cjs');

/** @param {import('../subject.cjs').Subject} subject @param {import('../record.cjs').Recorder} server */
async function credential(subject, server) {
	const types = [...subject.package.credentials.values()];
	const tally = new Tally('credential test', 'credentials', types.map(({ name: id }) => ({ id })));
	for (const type of types) await tally.check(type.name, () => one(subject, server, type));
	return tally;
}

/** @param {import('../subject.cjs').Subject} subject @param {import('../record.cjs').Recorder} server @param {any} type */
async function one(subject, server, type) {
	// Credentials by OAuth 2 are tested by connecting.
	if (!type.test && type.extends?.includes('oAuth2Api')) return [];
	if (!type.test) return await ofTrigger(subject, type);
	const differences = [];
	server.begin(() => ({ status: 200, headers: { 'content-type': 'application/json' }, body: {} }));
	const good = await subject.testCredential(server.baseUrl, type);
	if (good.error) differences.push(`it failed: ${good.error.message}`);
	const [sent] = server.requests;
	if (!sent || server.requests.length !== 1) return [...differences, `it sent ${server.requests.length} requests`];
	if (hasSecret(type)) differences.push(...asked(subject, sent, type));
	server.begin(() => ({ status: 401, headers: { 'content-type': 'application/json' }, body: {} }));
	const bad = await subject.testCredential(server.baseUrl, type);
	if (!bad.error) differences.push('it passes with 401');
	return differences;
}

/** The secret of deliveries is tested by the trigger, without a request. @param {import('../subject.cjs').Subject} subject @param {any} type */
async function ofTrigger({ package: { trigger } }, type) {
	const used = trigger?.description.credentials?.find((/** @type {any} */ it) => it.name === type.name);
	const test = trigger?.methods?.credentialTest?.[used?.testedBy];
	if (!test) return ['it has no test'];
	const status = async (/** @type {string} */ signingSecret) => (await test.call({}, { id: '1', name: 'Test', type: type.name, data: { signingSecret } })).status;
	const differences = [];
	if ((await status('whsec_c2VjcmV0LXNlY3JldA==')) !== 'OK') differences.push('it fails with a secret');
	if ((await status('')) !== 'Error') differences.push('it passes with nothing');
	return differences;
}

/** It asks for something of the document that needs the credential. @param {import('../subject.cjs').Subject} subject @param {import('../record.cjs').Recorded} sent @param {any} type */
function asked(subject, sent, type) {
	const differences = [];
	const known = subject.cases.find((it) => it.request.method === sent.method && path(it) === sent.target.split('?')[0]);
	// An action without a case is known by its package alone.
	const isAction = subject.operations.has(`${sent.method} ${sent.target.split('?')[0]}`);
	if (!known && !isAction) differences.push(`the document has no ${sent.method} ${sent.target}`);
	// Where there are several, the case has another one.
	if (known && subject.fits(type, known.request)) {
		const given = { ...known.request.headers };
		for (const name of ['accept', 'content-type']) delete given[name];
		for (const [name, value] of Object.entries(given)) {
			if (sent.headers[name] !== value) differences.push(`header ${name}: ${sent.headers[name]} instead of ${value}`);
		}
		const isAsked = Object.keys(given).length > 0 || known.request.target.includes('secret');
		if (!isAsked) differences.push(`${known.action} needs no credential, so that any passes`);
	}
	return differences;
}

/** @param {import('../form/fill.cjs').Case} given */
function path({ request }) {
	return request.target.split('?')[0];
}

module.exports = { credential };
