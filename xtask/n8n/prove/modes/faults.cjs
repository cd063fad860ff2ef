// @ts-check
'use strict';
/** Packages with one fault each: the proof must notice every one of them. A check that passes whatever it is given protects nothing. */
const { NoPlace } = require('../form/place.cjs');
const { Tally } = require('../tally.cjs');
const { DESCRIPTOR } = require('../faults/descriptor.cjs');
const { NODE } = require('../faults/node.cjs');
const { failing } = require('./failing.cjs');
const { items } = require('./items.cjs');
const { pages } = require('./pages.cjs');
const { table } = require('./table.cjs');
const { update } = require('./update.cjs');

/**
 * @typedef {import('../subject.cjs').Subject} Subject
 * @typedef {import('../record.cjs').Recorder} Recorder
 * @typedef {(subject: Subject, server: Recorder) => Promise<Tally>} Mode
 */

/** @type {Record<string, Mode>} */
const MODES = {
	required: (subject, server) => table(subject, server, 'required'),
	all: (subject, server) => table(subject, server, 'all'),
	null: (subject, server) => table(subject, server, 'null'),
	items,
	refused: failing,
	update,
	pages,
};

/** @param {Subject} subject @param {Recorder} server */
async function faults(subject, server) {
	const found = [...DESCRIPTOR.map((fault) => ({ ...fault, spoil: inDescriptor(subject, fault) })), ...NODE.map((fault) => ({ ...fault, spoil: inNode(subject, fault) }))];
	const possible = found.map((fault) => ({ ...fault, action: subject.actions.find(({ action }) => isFor(subject, fault, action)) })).filter(({ action }) => action);
	const tally = new Tally('faults', 'noticed', possible.map(({ name: id }) => ({ id })));
	for (const { name, mode, spoil, action } of possible) {
		const only = subject.only(action?.action ?? '');
		const restore = spoil(action?.action ?? '');
		try {
			const run = /** @type {Mode} */ (MODES[mode]);
			const spoiled = await run(only, server);
			tally.add(name, spoiled.isComplete ? [`${mode} of ${action?.action} passes with it`] : []);
		} finally {
			restore();
		}
	}
	return tally;
}

/** Whether a fault can be made in an action. @param {Subject} subject @param {any} fault @param {string} id */
function isFor(subject, fault, id) {
	try {
		fault.spoil(id)();
		return true;
	} catch (error) {
		if (error === IMPOSSIBLE) return false;
		throw error;
	}
}

const IMPOSSIBLE = new Error('this action cannot have the fault');

/** @param {Subject} subject @param {(typeof DESCRIPTOR)[number]} fault */
function inDescriptor(subject, { make, needs }) {
	return (/** @type {string} */ id) => {
		const cases = subject.cases.filter((it) => it.action === id);
		const [operation] = subject.operations.get(subject.key(id)) ?? [];
		if (!operation || (needs && !cases.some((it) => it.inputs === needs))) throw IMPOSSIBLE;
		const properties = subject.package.properties(operation);
		const before = structuredClone([operation.request, properties, operation.shapes]);
		const restore = () => {
			replace(operation.request, before[0]);
			properties.forEach((/** @type {any} */ property, /** @type {number} */ index) => replace(property, before[1][index]));
			replace(operation.shapes, before[2]);
		};
		if (make({ request: operation.request, properties, shapes: operation.shapes, cases }) !== false) return restore;
		restore();
		throw IMPOSSIBLE;
	};
}

/** @param {Subject} subject @param {(typeof NODE)[number]} fault */
function inNode(subject, { around, mode, isFor }) {
	return (/** @type {string} */ id) => {
		const given = subject.case(id, 'all');
		const isList = subject.actions.some((it) => it.action === id && it.pagination);
		// A list may have to end with an empty page.
		const isWrong = (mode === 'pages' && !isList) || (mode === 'items' && isList);
		if (!given || isWrong || (isFor && !isFor(filled(subject, given)))) throw IMPOSSIBLE;
		const { node } = subject.package;
		const own = node.execute;
		node.execute = async function () {
			return await around(this, own);
		};
		return () => {
			delete node.execute;
			if (node.execute !== own) node.execute = own;
		};
	};
}

/** A case in the form. What has no place there fails without a fault. @param {Subject} subject @param {import('../form/fill.cjs').Case} given */
function filled(subject, given) {
	try {
		return subject.fill(subject.operation(given.action), given);
	} catch (error) {
		throw error instanceof NoPlace ? IMPOSSIBLE : error;
	}
}

/** @param {any} object @param {any} before */
function replace(object, before) {
	for (const name of Object.keys(object)) delete object[name];
	Object.assign(object, before);
}

module.exports = { faults };
