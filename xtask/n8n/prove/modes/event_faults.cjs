// @ts-check
'use strict';
/** Packages whose events have one fault each: the proof must notice every one of them. */
const { TRIGGER } = require('../faults/trigger.cjs');
const { Tally } = require('../tally.cjs');
const { events } = require('./events.cjs');

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {{ url: string } | undefined} standIn
 */
async function eventFaults(subject, server, standIn) {
	// Events with a record can have the more faults.
	const hasRecord = (/** @type {import('../sign.cjs').Event} */ it) => it.record.length > 0;
	const { events: all } = subject.webhooks;
	const ordered = [...all.filter(hasRecord), ...all.filter((it) => !hasRecord(it))];
	const [event] = ordered;
	const descriptor = subject.package.events;
	const only = Object.create(subject);
	only.webhooks = { ...subject.webhooks, events: ordered.slice(0, 2) };
	const before = structuredClone(descriptor);
	const restore = () => {
		for (const name of Object.keys(descriptor)) delete descriptor[name];
		Object.assign(descriptor, structuredClone(before));
	};
	const spoil = (/** @type {(typeof TRIGGER)[number]} */ { make }) => make({ descriptor, webhooks: subject.webhooks, name: event?.wire ?? '' }) !== false;
	const possible = TRIGGER.filter((fault) => {
		const isPossible = spoil(fault);
		restore();
		return isPossible;
	});
	const tally = new Tally('event faults', 'noticed', possible.map(({ name: id }) => ({ id })));
	for (const fault of possible) {
		spoil(fault);
		const spoiled = await events(only, server, standIn);
		restore();
		tally.add(fault.name, spoiled.isComplete ? ['all events pass with it'] : []);
	}
	return tally;
}

module.exports = { eventFaults };
