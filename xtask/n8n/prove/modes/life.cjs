// @ts-check
'use strict';
/** A record of each resource from its making to its end, on a server that keeps what it is sent. */
const { isDeepStrictEqual } = require('node:util');
const compare = require('../compare.cjs');
const { forward } = require('../record.cjs');
const { Tally } = require('../tally.cjs');

/** @typedef {import('../subject.cjs').Action} Action */

/**
 * @param {import('../subject.cjs').Subject} subject
 * @param {import('../record.cjs').Recorder} server
 * @param {{ url: string, records: number }} standIn with so many records of each resource to begin with
 */
async function life(subject, server, standIn) {
	const resources = [...new Set(subject.actions.map((it) => it.resource))];
	const made = resources.filter((resource) => find(subject, resource, 'create_one'));
	const tally = new Tally('lives', 'resources', made.map((id) => ({ id })));
	for (const resource of made) {
		await tally.check(resource, async () => {
			const lived = new Life(subject, server, standIn.url, resource);
			await lived.run(standIn.records);
			return lived.differences;
		});
	}
	return tally;
}

/** @param {import('../subject.cjs').Subject} subject @param {string} resource @param {string} kind */
function find(subject, resource, kind) {
	return subject.actions.find((it) => it.resource === resource && it.kind === kind);
}

class Life {
	/** @type {string[]} */
	differences = [];
	/** What became of the last step. @type {{ items: any[], error: any, requests: number }} */
	last = { items: [], error: undefined, requests: 0 };

	/**
	 * @param {import('../subject.cjs').Subject} subject
	 * @param {import('../record.cjs').Recorder} server
	 * @param {string} url
	 * @param {string} resource
	 */
	constructor(subject, server, url, resource) {
		this.subject = subject;
		this.server = server;
		this.url = url;
		this.resource = resource;
	}

	/** @param {number} stored how many there are already */
	async run(stored) {
		const body = await this.#step('create_one', 'all');
		const id = this.last.items[0]?.json?.id;
		// Nothing says which one was made.
		if (!this.last.error && this.#answer('create_one')?.id === undefined) return;
		if (id === undefined) return void this.differences.push(`create_one gave no id: ${compare.shown(this.last)}`);
		this.#holds('create_one', this.last.items[0]?.json, body);
		if (await this.#step('find_one', 'required', id)) this.#holds('find_one', this.last.items[0]?.json, body);
		await this.#update(id);
		const several = await this.#step('create_many', 'all');
		if (several) {
			const sent = [several].flat();
			if (this.last.items.length !== sent.length) this.differences.push(`create_many gave ${this.last.items.length} items`);
			sent.forEach((one, index) => this.#holds('create_many', this.last.items[index]?.json, one));
		}
		await this.#list(stored + 1 + [several ?? []].flat().length, id);
		await this.#duplicates();
		await this.#remove(id);
	}

	/**
	 * Runs an action; what it sent, or undefined where the resource does not have it.
	 *
	 * @param {string} kind
	 * @param {'required' | 'all'} inputs
	 * @param {string} [id]
	 * @param {(body: any) => any} [change] of the body of the case
	 */
	async #step(kind, inputs, id, change = (body) => body) {
		const action = find(this.subject, this.resource, kind);
		const given = action && this.subject.case(action.action, inputs);
		if (!action || !given) return undefined;
		const last = [...action.action.matchAll(/\{([^}]*)\}/g)].at(-1)?.[1];
		const path = id !== undefined && last ? { path: { ...given.parameters.path, [last]: id } } : {};
		const body = change(given.body);
		const call = { ...given, inputs: /** @type {const} */ ('all'), parameters: { ...given.parameters, ...path }, body };
		const filled = this.subject.fill(this.subject.operation(action.action), call);
		this.server.begin((request) => forward(this.url, request));
		const { items, error } = await this.subject.run(this.server.baseUrl, given, filled);
		this.last = { items, error, requests: this.server.requests.length };
		if (error && change !== this.#ended) this.differences.push(`${kind}: ${error.message} ${error.description ?? ''}`);
		return body ?? {};
	}

	/** Marks a step that must fail. @param {any} body */
	#ended = (body) => body;

	/** One field, and the others stay as they are. @param {string} id */
	async #update(id) {
		const before = (await this.#step('find_one', 'required', id)) && this.last.items[0]?.json;
		let field = '';
		const one = (/** @type {any} */ body) => {
			const texts = Object.keys(body ?? {}).filter((name) => typeof body[name] === 'string');
			field = texts.find((name) => !/Id$|At$/.test(name)) ?? Object.keys(body ?? {})[0] ?? '';
			return field === '' ? body : { ...this.#body('update_one', 'required'), [field]: body[field] };
		};
		const sent = await this.#step('update_one', 'all', id, one);
		if (!sent) return;
		this.#holds('update_one', this.last.items[0]?.json, sent);
		if (!before || !(await this.#step('find_one', 'required', id))) return;
		const after = this.last.items[0]?.json ?? {};
		// A PUT replaces the whole.
		if (!find(this.subject, this.resource, 'update_one')?.action.startsWith('PATCH ')) return;
		const changed = Object.keys(after).filter((name) => !isDeepStrictEqual(after[name], before[name]));
		const others = changed.filter((name) => !Object.hasOwn(sent, name) && !/updated/i.test(name));
		if (others.length > 0) this.differences.push(`update_one of ${field} changed ${others.join(', ')}`);
	}

	/** @param {number} count @param {string} id */
	async #list(count, id) {
		if (!(await this.#step('find_many', 'required'))) return;
		const ids = this.last.items.map((item) => item.json.id);
		if (ids.length !== count || new Set(ids).size !== count) {
			this.differences.push(`find_many gave ${ids.length} items with ${new Set(ids).size} ids instead of ${count}, in ${this.last.requests} requests`);
		}
		if (!ids.includes(id)) this.differences.push(`find_many does not have ${id}`);
	}

	/** By records: the ids of a case are those of nothing that is there. */
	async #duplicates() {
		const records = (/** @type {any} */ body) => {
			const lists = Object.entries(body ?? {}).filter(([, list]) => Array.isArray(list) && typeof list[0] === 'object');
			return lists.length > 0 ? Object.fromEntries(lists) : body;
		};
		if ((await this.#step('find_duplicates', 'required', undefined, () => records(this.#body('find_duplicates')))) === undefined) return;
		if (this.last.items.length === 0) this.differences.push('find_duplicates gave nothing');
	}

	/** @param {string} kind @param {'required' | 'all'} [inputs] */
	#body(kind, inputs = 'all') {
		const action = find(this.subject, this.resource, kind);
		return action && this.subject.case(action.action, inputs)?.body;
	}

	/** What an action answers in its case: the first record of it. @param {string} kind */
	#answer(kind) {
		const action = find(this.subject, this.resource, kind);
		const given = action && this.subject.case(action.action, 'all');
		return given && given.response.body !== undefined ? compare.records(given.response.body, action)[0] : undefined;
	}

	/** @param {string} id */
	async #remove(id) {
		if (!(await this.#step('delete_one', 'required', id))) return;
		if (this.last.items[0]?.json?.deleted !== true) this.differences.push(`delete_one gave ${compare.shown(this.last.items[0])}`);
		if (!(await this.#step('find_one', 'required', id, this.#ended))) return;
		if (this.last.error?.httpCode !== '404') this.differences.push(`find_one after delete_one: ${this.last.error?.httpCode ?? 'found'}`);
	}

	/** An answer has everything that was sent and is ever answered in that form; it may have more. @param {string} step @param {any} answer @param {any} sent */
	#holds(step, answer, sent) {
		const answered = this.#answer(step) ?? {};
		for (const [name, value] of Object.entries(sent ?? {})) {
			if (isOfOneForm(answered[name], value) && !includes(answer?.[name], value, answered[name])) this.differences.push(`${step}: ${name} is ${compare.shown(answer?.[name])} instead of ${compare.shown(value)}`);
		}
	}
}

/** @param {any} answer @param {any} sent @param {any} answered what such answers have @returns {boolean} */
function includes(answer, sent, answered) {
	if (!isOfOneForm(answered, sent)) return true;
	if (Array.isArray(sent)) return Array.isArray(answer) && answer.length === sent.length && sent.every((it, index) => includes(answer[index], it, answered[0]));
	if (typeof sent !== 'object' || sent === null) return answer === sent;
	return Object.entries(sent).every(([name, value]) => includes(answer?.[name], value, answered[name]));
}

/** Whether what is answered can be compared with what is sent: text with text, lists with lists. @param {any} answered @param {any} sent */
function isOfOneForm(answered, sent) {
	const form = (/** @type {any} */ value) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);
	return form(answered) === form(sent);
}

module.exports = { life };
