// @ts-check
'use strict';
/** What is proved: a package, the cases of its document, and what the document's actions are. */
const fs = require('node:fs');
const { asked } = require('./asked.cjs');
const { fill: fillCredential } = require('./credentials.cjs');
const { run } = require('./context.cjs');
const exact = require('./exact.cjs');
const n8n = require('./n8n.cjs');
const { Tool } = require('./tool.cjs');

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

class Subject extends Tool {
	/** @param {{ modules: string, package: string, cases: string, actions: Action[], webhooks: import('./sign.cjs').Webhooks, api: string }} job */
	constructor(job) {
		super(n8n.load(job.modules), job.package);
		this.api = job.api;
		this.actions = job.actions;
		this.webhooks = job.webhooks;
		/** @type {import('./form/fill.cjs').Case[]} */
		this.cases = read(job.cases).map((it) => wholePages(it, job.actions));
		this.decided = new Set(this.cases.flatMap((it) => Object.keys(it.request.headers)));
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

	/** @param {string} id @param {string} inputs */
	case(id, inputs) {
		return this.cases.find((it) => it.action === id && it.inputs === inputs);
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

module.exports = { Subject, TOKEN };
