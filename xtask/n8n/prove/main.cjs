// @ts-check
'use strict';
/**
 * Proves a built package in n8n's own code: `node main.cjs job.json`.
 *
 * The job has `modules` (the folder whose node_modules has n8n-core), `package`, `cases`, `api`,
 * `actions` ({@link import('./subject.cjs').Action}), `webhooks`
 * ({@link import('./sign.cjs').Webhooks}), `modes`, and where servers run, their addresses:
 * `mock`, `standIn`. A line for each mode goes to stdout, what failed to stderr; the exit status is 1
 * when anything did.
 */
const fs = require('node:fs');
const { credential } = require('./modes/credential.cjs');
const { eventFaults } = require('./modes/event_faults.cjs');
const { events } = require('./modes/events.cjs');
const { faults } = require('./modes/faults.cjs');
const { failing } = require('./modes/failing.cjs');
const { items } = require('./modes/items.cjs');
const { life } = require('./modes/life.cjs');
const { mock } = require('./modes/mock.cjs');
const { pages } = require('./modes/pages.cjs');
const { subscription } = require('./modes/subscription.cjs');
const { table } = require('./modes/table.cjs');
const { update } = require('./modes/update.cjs');
const { Recorder } = require('./record.cjs');
const { Subject } = require('./subject.cjs');

/** How many failures of a mode are told. */
const MOST = Number(process.env.SPECWRIGHT_FAILURES ?? 5);

/** @type {Record<string, (subject: Subject, server: Recorder, job: any) => Promise<import('./tally.cjs').Tally>>} */
const MODES = {
	required: (subject, server) => table(subject, server, 'required'),
	all: (subject, server) => table(subject, server, 'all'),
	null: (subject, server) => table(subject, server, 'null'),
	items,
	refused: failing,
	update,
	pages,
	credential,
	faults,
	mock: (subject, server, job) => mock(subject, server, job.mock),
	life: (subject, server, job) => life(subject, server, job.standIn),
	events: (subject, server, job) => events(subject, server, job.standIn),
	subscription: (subject, server, job) => subscription(subject, server, job.standIn),
	eventFaults: (subject, server, job) => eventFaults(subject, server, job.standIn),
};

async function main() {
	const job = JSON.parse(fs.readFileSync(process.argv[2] ?? '', 'utf8'));
	const subject = new Subject(job);
	const server = await Recorder.start();
	let passed = true;
	for (const mode of job.modes) {
		const prove = MODES[mode];
		if (!prove) throw new Error(`there is no mode ${mode}`);
		const tally = await prove(subject, server, job);
		process.stdout.write(`${job.api}: ${tally.summary()}\n`);
		if (tally.isComplete) continue;
		passed = false;
		process.stderr.write(`${tally.report(MOST)}\n`);
	}
	server.stop();
	// What n8n-core leaves open would keep the process.
	process.exit(passed ? 0 : 1);
}

main().catch((error) => {
	process.stderr.write(`${error.stack ?? error}\n`);
	process.exit(1);
});
