// @ts-check
'use strict';
/** What is proved: a package, the cases of its document, and what the document's actions are. */
const fs = require('node:fs');
const { asked } = require('./asked.cjs');
const { fill: fillCredential, hasSecret } = require('./credentials.cjs');
const { run } = require('./context.cjs');
const exact = require('./exact.cjs');
const { fill } = require('./form/fill.cjs');
const { NoPlace } = require('./form/place.cjs');
const n8n = require('./n8n.cjs');
const { Package, action } = require('./package.cjs');

/**
 * An action as the compiler knows it.
 *
 * @typedef {object} Action
 * @property {string} action
 * @property {string} resource
 * @property {string} kind
 * @property {boolean} beside it belongs to no resource that has records
 * @property {string[]} envelope
 * @property {boolean} list
 * @property {import('./pages.cjs').Pagination | null} pagination
 * @property {{ status: number, body: any, message: string }} refusal
 */

/** The token of modes that look for it where it must not be. */
const TOKEN = 'tok-7f3e-never-to-be-seen';

class Subject {
	/** @param {{ modules: string, package: string, cases: string, actions: Action[], webhooks: import('./sign.cjs').Webhooks, api: string }} job */
	constructor(job) {
		this.api = job.api;
		this.n8n = n8n.load(job.modules);
		this.package = new Package(job.package);
		this.actions = job.actions;
		this.webhooks = job.webhooks;
		/** @type {import('./form/fill.cjs').Case[]} */
		this.cases = read(job.cases).map((it) => wholePages(it, job.actions));
		this.decided = new Set(this.cases.flatMap((it) => Object.keys(it.request.headers)));
		/** @type {Map<string, import('./package.cjs').Operation[]>} */
		this.operations = grouped(this.package.operations(), ({ request }) => action(request));
		const properties = (/** @type {import('./package.cjs').Operation} */ operation) => this.package.properties(operation);
		this.cases = this.cases.map((it) => asked(it, this.case(it.action, 'all'), this.operations.get(this.key(it.action))?.[0], properties));
	}

	/** The same with one action only. @param {string} id @returns {Subject} */
	only(id) {
		const cases = this.cases.filter((it) => it.action === id);
		const actions = this.actions.filter((it) => it.action === id);
		const only = Object.create(this);
		return Object.assign(only, { cases, actions, run: this.run.bind(this), fill: this.fill.bind(this), hasSecret: this.hasSecret.bind(this) });
	}

	/** How the package's operations are found for an action: text of a path is written as it is sent. @param {string} id */
	key(id) {
		const [method = '', path = ''] = id.split(' ');
		const literal = path.replace(/\{[^}]*\}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gu, (it) => (it.startsWith('{') ? it : encodeURIComponent(it)));
		return `${method} ${literal}`;
	}

	/** @param {string} id @returns {import('./package.cjs').Operation} */
	operation(id) {
		const found = this.operations.get(this.key(id)) ?? [];
		const [operation] = found;
		if (!operation || found.length > 1) throw new NoPlace(`${found.length} operations of the package send it`);
		return operation;
	}

	/** @param {string} id @param {string} inputs */
	case(id, inputs) {
		return this.cases.find((it) => it.action === id && it.inputs === inputs);
	}

	/** @param {import('./package.cjs').Operation} operation @param {any} given @param {any} [choices] */
	fill(operation, given, choices = {}) {
		const authentication = this.#choice(given)?.parameters;
		return fill(this, operation, given, { ...choices, parameters: { ...authentication, ...choices.parameters } });
	}

	/**
	 * Runs the node with credentials for a server.
	 *
	 * @param {string} baseUrl
	 * @param {import('./form/fill.cjs').Case} given whose credentials are meant
	 * @param {{ parameters: any, items?: any[], settings?: any, token?: string, binary?: any }} job
	 */
	async run(baseUrl, given, { token, binary, ...job }) {
		const type = this.#choice(given)?.type;
		const credential = type && { name: type.name, data: fillCredential(type, { baseUrl, token }) };
		const operations = this.operations.get(this.key(given.action)) ?? [];
		// An operation with a server of its own would leave this machine.
		for (const { request } of operations) if (request.server) request.server = { url: baseUrl };
		const items = job.items ?? [{ json: {} }];
		return await run(this.n8n, this.#node(), { ...job, credential, items: items.map((item) => ({ ...item, ...(binary && { binary }) })) });
	}

	/** Whether the credential of a case has anything that must stay hidden. @param {import('./form/fill.cjs').Case} given */
	hasSecret(given) {
		const type = this.#choice(given)?.type;
		return type !== undefined && hasSecret(type);
	}

	#node() {
		return { node: this.package.node, credentials: this.package.credentials };
	}

	/** The ways to authenticate: the credential, and what is chosen in the node for it. */
	#choices() {
		const { credentials = [], properties } = this.package.node.description;
		return credentials.map((/** @type {any} */ credential) => {
			const show = credential.displayOptions?.show ?? {};
			const chosen = Object.entries(show).filter(([name]) => properties.some((/** @type {any} */ it) => it.name === name));
			return {
				type: this.package.credentials.get(credential.name),
				parameters: Object.fromEntries(chosen.map(([name, values]) => [name, /** @type {any[]} */ (values)[0]])),
			};
		});
	}

	/** The way that a case is authenticated. @param {Pick<import('./form/fill.cjs').Case, 'request'>} given */
	#choice({ request }) {
		const choices = this.#choices();
		return choices.find((/** @type {any} */ choice) => this.fits(choice.type, request)) ?? choices[0];
	}

	/** Whether a credential is the one that a request was made with. @param {any} type @param {import('./form/fill.cjs').Case['request']} request */
	fits(type, request) {
		if (type.extends?.includes('oAuth2Api')) return request.headers.authorization?.startsWith('Bearer ');
		const { headers = {}, qs = {}, auth } = type.authenticate?.properties ?? {};
		const query = new URLSearchParams(request.target.split('?')[1] ?? '');
		return (
			Object.keys(headers).every((name) => request.headers[name.toLowerCase()] !== undefined) &&
			Object.keys(qs).every((name) => query.has(name)) &&
			(auth === undefined || request.headers.authorization?.startsWith('Basic '))
		);
	}

	/** The credentials' own test, as n8n runs it. @param {string} baseUrl @param {any} type */
	async testCredential(baseUrl, type) {
		const { request } = type.test;
		const property = { displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' };
		const { description } = this.package.node;
		const node = { description: { ...description, properties: [property], credentials: [{ name: type.name, required: true }] } };
		const credential = { name: type.name, data: fillCredential(type, { baseUrl }) };
		return await run(this.n8n, { node, credentials: this.package.credentials }, { parameters: { temp: '' }, credential });
	}
}

/** The cases: what goes in is as the file has it, and answers as JavaScript reads them. @param {string} file @returns {import('./form/fill.cjs').Case[]} */
function read(file) {
	const text = fs.readFileSync(file, 'utf8');
	const { cases } = JSON.parse(text);
	return exact.parse(text).cases.map((/** @type {any} */ it, /** @type {number} */ index) => ({ ...it, response: cases[index].response }));
}

/**
 * A case with a page size that a list can have: documents that say `number` and no minimum have cases with
 * others, which Limit does not take.
 *
 * @param {import('./form/fill.cjs').Case} given
 * @param {Action[]} actions
 */
function wholePages(given, actions) {
	const size = actions.find((it) => it.action === given.action)?.pagination?.size;
	if (typeof size !== 'string') return given;
	const value = given.parameters.query?.[size];
	if (typeof value !== 'number' || (Number.isInteger(value) && value > 0)) return given;
	const pair = (/** @type {number} */ number) => `${encodeURIComponent(size)}=${number}`;
	const request = { ...given.request, target: given.request.target.replace(pair(value), pair(2)) };
	return { ...given, request, parameters: { ...given.parameters, query: { ...given.parameters.query, [size]: 2 } } };
}

/** @template T @param {T[]} values @param {(value: T) => string} key */
function grouped(values, key) {
	/** @type {Map<string, T[]>} */
	const groups = new Map();
	for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
	return groups;
}

module.exports = { Subject, TOKEN };
