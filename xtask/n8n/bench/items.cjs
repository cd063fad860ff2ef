// @ts-check
'use strict';
/**
 * What an item costs, against the number of the node's properties: `node items.cjs job.json`.
 *
 * The job is that of the proof. One line of JSON goes to stdout for each measurement: processor time in
 * nanoseconds, of n8n's process alone. `http` is what the same requests cost by themselves.
 */
const { fork } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { prepare } = require('../prove/context.cjs');
const { Subject } = require('../prove/subject.cjs');

/** Items of one execution. */
const ITEMS = 300;
/** Executions that count; of several the least is told, as of everything that is measured. */
const RUNS = 3;
/** Properties at the top level. */
const PROPERTIES = [20, 300, 1400, 5600];

/** Processor time per item, of the cheapest of several runs after some that warm up. @param {() => Promise<number>} run */
async function least(run) {
	let least = Infinity;
	for (let number = -2; number < RUNS; number += 1) {
		const cpu = await run();
		if (number >= 0) least = Math.min(least, cpu);
	}
	return Math.round((least * 1000) / ITEMS);
}

class Server {
	baseUrl = '';
	#process = fork(path.join(__dirname, 'server.cjs'));

	async start() {
		this.baseUrl = String(await this.#said());
		return this;
	}

	/** @param {any} answer */
	async begin(answer) {
		this.#process.send(answer);
		await this.#said();
	}

	stop() {
		this.#process.disconnect();
	}

	#said() {
		return new Promise((resolve) => this.#process.once('message', resolve));
	}
}

/** Properties of other resources, in front of those that are used: the worst place. @param {any[]} own @param {number} total */
function padded(own, total) {
	const [resource, ...rest] = own;
	const count = Math.max(0, total - own.length);
	const others = Array.from({ length: count }, (_, index) => ({
		displayName: `Field ${index}`,
		name: `field${index}`,
		type: 'string',
		default: '',
		displayOptions: { show: { resource: [`other${index % 30}`], operation: ['createOne', 'updateOne'] } },
	}));
	return [resource, ...others, ...rest];
}

/** The action of a kind whose body has the most members. @param {Subject} subject @param {string} kind */
function widest(subject, kind) {
	const cases = subject.actions.filter((it) => it.kind === kind).map((it) => subject.case(it.action, 'all'));
	const size = (/** @type {any} */ given) => JSON.stringify(given?.body ?? '').length;
	return cases.filter((it) => it !== undefined).sort((one, other) => size(other) - size(one))[0];
}

/** @param {Subject} subject @param {Server} server @param {import('../prove/form/fill.cjs').Case} given @param {number} total */
async function measure(subject, server, given, total) {
	const operation = subject.operation(given.action);
	const { description } = subject.package.node;
	const all = description.properties;
	const filled = subject.fill(operation, given);
	description.properties = padded(subject.package.properties(operation), total);
	const items = Array.from({ length: ITEMS }, (_, index) => ({ json: { index } }));
	try {
		const nanoseconds = await least(async () => {
			const { error, cpu } = await subject.run(server.baseUrl, given, { ...filled, items });
			if (error) throw error;
			return cpu;
		});
		return { properties: description.properties.length, nanoseconds };
	} finally {
		description.properties = all;
	}
}

/** The requests alone, as n8n sends them. @param {Subject} subject @param {Server} server @param {import('../prove/form/fill.cjs').Case} given */
async function http(subject, server, given) {
	const { workflow, node, additionalData } = prepare(subject.n8n, subject.package, { parameters: {} });
	const data = { node, data: { main: [[]] }, source: null };
	const execution = { resultData: { runData: {} }, executionData: { contextData: {} } };
	const context = new subject.n8n.core.ExecuteContext(workflow, node, additionalData, 'manual', execution, 0, [], { main: [[]] }, data, []);
	const { method, target, headers, body } = given.request;
	const request = { method, url: server.baseUrl + target, headers, body: body ?? undefined, json: false, returnFullResponse: true };
	return await least(async () => {
		const before = process.cpuUsage();
		for (let item = 0; item < ITEMS; item += 1) await context.helpers.httpRequest({ ...request });
		const { user, system } = process.cpuUsage(before);
		return user + system;
	});
}

async function main() {
	const subject = new Subject(JSON.parse(fs.readFileSync(process.argv[2] ?? '', 'utf8')));
	const server = await new Server().start();
	for (const kind of ['find_one', 'create_one']) {
		const given = widest(subject, kind);
		if (!given) continue;
		await server.begin(given.response);
		const alone = await http(subject, server, given);
		for (const total of PROPERTIES) {
			const measured = await measure(subject, server, given, total);
			process.stdout.write(`${JSON.stringify({ kind, action: given.action, http: alone, ...measured })}\n`);
		}
	}
	server.stop();
	process.exit(0);
}

main().catch((error) => {
	process.stderr.write(`${error.stack ?? error}\n`);
	process.exit(1);
});
