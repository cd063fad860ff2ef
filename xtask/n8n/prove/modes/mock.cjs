// @ts-check
'use strict';
/** A validating mock of the document accepts what is sent. */
const { forward } = require('../record.cjs');
const { Tally } = require('../tally.cjs');

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {string} mock where it is
 */
async function mock(subject, server, mock) {
	// It knows the document as it is, without what the configuration says of null.
	const cases = subject.cases.filter((it) => it.inputs !== 'null');
	const tally = new Tally('mock', 'calls accepted', cases.map((it) => ({ id: `${it.action} (${it.inputs})` })));
	for (const given of cases) {
		await tally.check(`${given.action} (${given.inputs})`, async () => {
			const filled = subject.fill(subject.operation(given.action), given);
			/** @type {string[]} */
			const refused = [];
			let sent = 0;
			server.begin(async (request, index) => {
				const answer = await forward(mock, request);
				const violations = answer.headers?.['sl-violations'];
				if (answer.status >= 400 || violations) {
					refused.push(`${answer.status} for ${request.method} ${request.target}: ${violations ?? answer.body}`);
				}
				sent = index + 1;
				// Its pages never end.
				return index === 0 ? answer : { status: 400, headers: {}, body: 'enough' };
			});
			const { error } = await subject.run(server.baseUrl, given, filled);
			if (sent === 0) return [`nothing was sent: ${error?.message}`];
			return error && sent === 1 && refused.length === 0 ? [`it failed: ${error.message}`] : refused;
		});
	}
	return tally;
}

module.exports = { mock };
