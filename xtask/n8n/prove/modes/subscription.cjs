// @ts-check
'use strict';
/** Subscribing on a server that keeps what it is sent: what the life of a workflow brings with it. */
const { isDeepStrictEqual } = require('node:util');
const compare = require('../compare.cjs');
const { forward } = require('../record.cjs');
const { dig } = require('../sign.cjs');
const { Tally } = require('../tally.cjs');
const { Trigger } = require('../trigger.cjs');
const { optionOf } = require('./events.cjs');

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {{ url: string }} standIn
 */
async function subscription(subject, server, standIn) {
	const tally = new Tally('subscription', 'steps', Object.keys(STEPS).map((id) => ({ id })));
	for (const [name, step] of Object.entries(STEPS)) {
		await tally.check(name, () => step(new Server(subject, server, standIn.url)));
	}
	return tally;
}

class Server {
	/**
	 * @param {import('../subject.cjs').Subject} subject
	 * @param {import('../record.cjs').Recorder} recorder
	 * @param {string} url
	 */
	constructor(subject, recorder, url) {
		this.subject = subject;
		this.recorder = recorder;
		this.url = url;
		const known = subject.webhooks.subscription;
		if (!known) throw new Error('one cannot subscribe');
		this.known = known;
		this.wires = subject.webhooks.events.flatMap(({ wire, key }) => (wire !== null && key ? [wire] : []));
		recorder.begin((request) => forward(url, request));
	}

	/** @param {string[]} events */
	trigger(events) {
		return new Trigger(this.subject, this.recorder.baseUrl, { events });
	}

	/** @param {number} index */
	option(index) {
		return optionOf(this.subject, this.wires[index] ?? '');
	}

	/** The bodies of what was made since then. @returns {any[]} */
	get made() {
		return this.recorder.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body.toString()));
	}

	/** The names that a body registers. @param {any} body */
	names(body) {
		return this.known.events && [dig(body, this.known.events.path)].flat().sort();
	}

	/** Removes what a trigger registered, without its knowledge. @param {Trigger} trigger */
	async remove(trigger) {
		const [id] = trigger.workflow.staticData['node:Node'].registered.ids;
		const { path } = this.subject.package.events.subscription.delete;
		const target = path.map((/** @type {any} */ part) => (typeof part === 'string' ? part : id)).join('');
		const [made] = this.recorder.requests;
		const { 'content-length': _, ...headers } = made?.headers ?? {};
		await forward(this.url, { method: 'DELETE', target, headers, body: Buffer.alloc(0) });
	}

	/** What is at the place of the last request of a method. @param {string} method */
	async after(method) {
		const sent = this.recorder.requests.filter((it) => it.method === method).at(-1);
		return sent && (await forward(this.url, { ...sent, method: 'GET', body: Buffer.alloc(0) }));
	}
}

/** @type {Record<string, (server: Server) => Promise<string[]>>} */
const STEPS = {
	'all events are registered at once, or by their names': async (server) => {
		await server.trigger(['*']).hook('create');
		const { every } = server.known.events ?? {};
		const names = every ? [every] : [...server.wires].sort();
		return differ(server.made.flatMap((body) => server.names(body) ?? names).sort(), names);
	},
	'each group is registered at once, or by the names of its events': async (server) => {
		const groups = server.subject.package.events?.groups ?? {};
		const { everyOf } = server.known.events ?? {};
		const found = [];
		for (const [group, options] of Object.entries(groups)) {
			const wires = server.wires.filter((wire) => options.includes(optionOf(server.subject, wire))).sort();
			const [part] = (wires[0] ?? '').split(/[.:/]/);
			const names = everyOf ? [everyOf.replace('{resource}', part)] : wires;
			const before = server.made.length;
			await server.trigger([group]).hook('create');
			found.push(...differ(server.made.slice(before).flatMap((body) => server.names(body) ?? names).sort(), names));
		}
		return found;
	},
	'another choice is registered in place of the first': async (server) => {
		const trigger = server.trigger([server.option(0)]);
		await trigger.hook('create');
		trigger.choose([server.option(1)]);
		const { result } = await trigger.hook('checkExists');
		const { error } = await trigger.hook('create');
		const gone = await server.after('DELETE');
		const names = server.names(server.made.at(-1)) ?? [server.wires[1]];
		return [...differ(result, false), ...differ(error, undefined), ...differ(gone?.status !== 200, true), ...differ(names, [server.wires[1]])];
	},
	'what somebody removed is registered anew': async (server) => {
		const trigger = server.trigger([server.option(0)]);
		await trigger.hook('create');
		await server.remove(trigger);
		const { result } = await trigger.hook('checkExists');
		const again = await trigger.hook('create');
		return [...differ(result, false), ...differ(again.result, true)];
	},
	'each has a secret of its own': async (server) => {
		const keys = server.known.secret?.chosen;
		if (!keys) return [];
		for (let index = 0; index < 2; index++) await server.trigger([server.option(0)]).hook('create');
		const [first, second] = server.made.map((body) => dig(body, keys));
		const isOne = typeof first === 'string' && first.length >= 32;
		return isOne && first !== second ? [] : [`the secrets are ${first} and ${second}`];
	},
	'going away twice is no error': async (server) => {
		const trigger = server.trigger([server.option(0)]);
		await trigger.hook('create');
		await server.remove(trigger);
		const first = await trigger.hook('delete');
		const second = await trigger.hook('delete');
		return [...differ(first, { result: true }), ...differ(second, { result: true })];
	},
};

/** @param {unknown} got @param {unknown} want */
function differ(got, want) {
	return isDeepStrictEqual(got, want) ? [] : [`${compare.shown(got)}\n    instead of ${compare.shown(want)}`];
}

module.exports = { subscription };
