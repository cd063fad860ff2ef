// @ts-check
'use strict';
/** Every event: it is chosen, registered where that can be done, delivered, and told from all that is none. */
const { isDeepStrictEqual } = require('node:util');
const compare = require('../compare.cjs');
const { forward } = require('../record.cjs');
const { delivery, dig, without } = require('../sign.cjs');
const { Tally } = require('../tally.cjs');
const { SECRET, Trigger } = require('../trigger.cjs');

/** An hour, in milliseconds: longer than any tolerance. */
const LONG = 3_600_000;

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {{ url: string } | undefined} standIn
 */
async function events(subject, server, standIn) {
	const { events: all } = subject.webhooks;
	const tally = new Tally('events', 'events', all.map(({ name: id }) => ({ id })));
	for (const event of all) {
		await tally.check(event.name, () => new Heard(subject, server, standIn?.url, event).differences());
	}
	return tally;
}

class Heard {
	/** @type {string[]} */
	#found = [];
	/** What finds the subscription. @type {import('../record.cjs').Recorded | undefined} */
	#read;

	/**
	 * @param {import('../subject.cjs').Subject} subject
	 * @param {import('../record.cjs').Recorder} server
	 * @param {string | undefined} url of the stand-in
	 * @param {import('../sign.cjs').Event} event
	 */
	constructor(subject, server, url, event) {
		this.subject = subject;
		this.server = server;
		this.url = url;
		this.event = event;
		this.webhooks = subject.webhooks;
	}

	async differences() {
		const option = this.#option(this.event);
		if (this.event.key && option === undefined) return ['it cannot be chosen'];
		const trigger = this.#trigger(option);
		const secret = await this.#registered(trigger);
		await this.#started(trigger, secret);
		await this.#raw(option, secret);
		if (this.webhooks.signature) await this.#refused(trigger, secret);
		await this.#unchosen(trigger, secret);
		if (this.webhooks.subscription) await this.#removed(trigger);
		return this.#found;
	}

	/** @param {string | undefined} option @param {any} [choices] */
	#trigger(option, choices = {}) {
		const trigger = new Trigger(this.subject, this.server.baseUrl, { ...this.#choice(option), ...choices });
		if (Object.keys(trigger.issues).length > 0) this.#found.push(`n8n complains: ${compare.shown(trigger.issues)}`);
		return trigger;
	}

	/** What is chosen for an event; for one that cannot be told from others, all of them. @param {string | undefined} option */
	#choice(option) {
		const offered = offers(this.subject);
		return offered.length === 0 ? {} : { events: [option ?? '*'] };
	}

	/** The option of an event. @param {import('../sign.cjs').Event} event @returns {string | undefined} */
	#option({ wire, key }) {
		if (wire === null || !key) return undefined;
		const value = optionOf(this.subject, wire);
		return offers(this.subject).includes(value) ? value : undefined;
	}

	/** Activates the workflow; the secret with which deliveries are signed from now on. @param {Trigger} trigger */
	async #registered(trigger) {
		this.server.begin((request) => (this.url ? forward(this.url, request) : { status: 500 }));
		const before = await trigger.hook('checkExists');
		const { subscription } = this.webhooks;
		if (!subscription) {
			if (before.result !== true || this.server.requests.length > 0) this.#found.push('it registers itself');
			return SECRET;
		}
		if (before.result !== false) this.#found.push('it exists before it was made');
		const made = await trigger.hook('create');
		if (made.error) this.#found.push(`create failed: ${made.error.message} ${made.error.description ?? ''}`);
		const [sent] = this.server.requests;
		if (!sent || this.server.requests.length !== 1) return void this.#found.push(`create sent ${this.server.requests.length} requests`) ?? '';
		this.#says(`${sent.method} ${sent.target}`, subscription.create);
		const body = JSON.parse(sent.body.toString() || 'null');
		this.#says(dig(body, subscription.url), trigger.url);
		const { wire } = this.event;
		if (subscription.events && wire) this.#says(dig(body, subscription.events.path), subscription.events.many ? [wire] : wire);
		const { result } = await trigger.hook('checkExists');
		if (result !== true) this.#found.push('it does not exist after it was made');
		this.#read = this.server.requests.filter(({ method }) => method === 'GET').at(-1);
		if (subscription.secret?.chosen) return dig(body, subscription.secret.chosen);
		return subscription.secret?.given ? trigger.workflow.staticData['node:Node'].registered.secrets[0] : SECRET;
	}

	/** @param {Trigger} trigger @param {string} secret */
	async #started(trigger, secret) {
		const sent = delivery(this.webhooks, this.event, secret);
		const { status, items, error } = await trigger.deliver(sent);
		if (error || status !== 200 || items?.length !== 1) return void this.#found.push(`a delivery gave ${status}, ${items?.length ?? 'no'} items ${error?.message ?? ''}`);
		const body = JSON.parse(sent.body);
		const { event, record, metadata } = items[0].json;
		this.#says(event, this.event.key ? this.event.wire : event);
		this.#says(record, this.event.record.length > 0 ? dig(body, this.event.record) : body);
		this.#says(metadata, this.event.record.length > 0 ? without(body, this.event.record) : {});
	}

	/** @param {string | undefined} option @param {string} secret */
	async #raw(option, secret) {
		if (this.webhooks.subscription?.secret) return;
		const sent = delivery(this.webhooks, this.event, secret);
		const { items } = await this.#trigger(option, { rawData: true }).deliver(sent);
		this.#says(items?.[0]?.json.body, JSON.parse(sent.body));
	}

	/** What is not the API's own, not new, or late. @param {Trigger} trigger @param {string} secret */
	async #refused(trigger, secret) {
		const { signature, deliveryId } = this.webhooks;
		const fresh = () => delivery(this.webhooks, this.event, secret);
		const good = fresh();
		await this.#stays(trigger, 'a changed body', { ...good, body: changed(good.body) }, 401);
		await this.#stays(trigger, 'the same JSON in other bytes', { ...good, body: `${good.body} ` }, 401);
		await this.#stays(trigger, 'another secret', delivery(this.webhooks, this.event, OTHER), 401);
		await this.#stays(trigger, 'no signature', { ...good, headers: { 'content-type': 'application/json' } }, 401);
		const isTimed = signature.scheme === 'standard' || signature.timestamp;
		for (const at of isTimed ? [Date.now() - LONG, Date.now() + LONG] : []) {
			await this.#stays(trigger, 'an hour off', delivery(this.webhooks, this.event, secret, { at }), 401);
		}
		const { items } = await trigger.deliver(good);
		if (items?.length !== 1) this.#found.push('what was refused spoils the good one');
		const isNamed = signature.scheme === 'standard' || deliveryId.length > 0;
		await this.#stays(trigger, 'the same once more', good, isNamed ? 200 : 401);
		const copies = fresh();
		const answers = await Promise.all([1, 2, 3, 4].map(() => trigger.deliver(copies)));
		this.#says(answers.filter((it) => it.items).length, 1);
	}

	/** @param {Trigger} trigger @param {string} why @param {import('../sign.cjs').Delivery} sent @param {number} status */
	async #stays(trigger, why, sent, status) {
		const got = await trigger.deliver(sent);
		if (got.items || got.error || got.status !== status) {
			this.#found.push(`${why}: ${got.status} instead of ${status}, ${got.items ? 'the workflow ran' : 'it did not run'} ${got.error?.message ?? ''}`);
		}
	}

	/** Another event is chosen. @param {Trigger} trigger @param {string} secret */
	async #unchosen(trigger, secret) {
		const other = this.webhooks.events.find((it) => it.wire !== this.event.wire && this.#option(it) !== undefined);
		const option = other && this.#option(other);
		if (!this.event.key || option === undefined) return;
		trigger.choose([option]);
		await this.#stays(trigger, 'an event that was not chosen', delivery(this.webhooks, this.event, secret), 200);
		trigger.choose(['*']);
		const { items } = await trigger.deliver(delivery(this.webhooks, this.event, secret));
		if (items?.length !== 1) this.#found.push('[All] does not have it');
		const choice = this.#option(this.event);
		if (choice !== undefined) trigger.choose([choice]);
	}

	/** @param {Trigger} trigger */
	async #removed(trigger) {
		this.server.begin((request) => forward(this.url ?? '', request));
		const { result, error } = await trigger.hook('delete');
		if (result !== true) return void this.#found.push(`delete failed: ${error?.message}`);
		const [sent] = this.server.requests;
		if (!sent || sent.method !== 'DELETE') return void this.#found.push(`delete sent ${sent?.method}`);
		const id = sent.target.split('/').at(-1) ?? '';
		const left = this.#read && (await forward(this.url ?? '', this.#read));
		// Where it is found in a list, what is left are the others.
		const isLeft = left?.status === 200 && left.body.includes(id);
		if (isLeft) this.#found.push('it is still there after it was removed');
		if ((await trigger.hook('checkExists')).result !== false) this.#found.push('it exists after it was removed');
	}

	/** @param {unknown} got @param {unknown} want */
	#says(got, want) {
		if (!isDeepStrictEqual(got, want)) this.#found.push(`${compare.shown(got)}\n    instead of ${compare.shown(want)}`);
	}
}

/** Other JSON. @param {string} body */
function changed(body) {
	const value = JSON.parse(body);
	return JSON.stringify(Array.isArray(value) ? [...value, 1] : { ...value, more: 1 });
}

/** A secret that is never given, which every scheme can sign with. */
const OTHER = 'whsec_b3RoZXItc2VjcmV0LW9mLW5vYm9keQ==';

/** The values that can be chosen. @param {import('../subject.cjs').Subject} subject @returns {string[]} */
function offers(subject) {
	const property = subject.package.trigger?.description.properties.find((/** @type {any} */ it) => it.name === 'events');
	return (property?.options ?? []).map((/** @type {any} */ it) => it.value);
}

/** The option of a name on the wire, as the package has it. @param {import('../subject.cjs').Subject} subject @param {string} wire @returns {string} */
function optionOf(subject, wire) {
	const kinds = subject.package.events?.kinds ?? [];
	return kinds.find((/** @type {any} */ kind) => Object.hasOwn(kind.events, wire))?.events[wire];
}

module.exports = { events, offers, optionOf };
