// @ts-check
'use strict';
/** Faults in what a node does, made around its own `execute()`. */

const { varied } = require('../vary.cjs');

/** The same context with some members of its own. @param {any} context @param {Record<string, any>} members */
function with_(context, members) {
	return new Proxy(context, { get: (target, name) => (Object.hasOwn(members, name) ? members[/** @type {string} */ (name)] : bound(target, name)) });
}

/** @param {any} target @param {string | symbol} name */
function bound(target, name) {
	const value = target[name];
	return typeof value === 'function' ? value.bind(target) : value;
}

/** @type {{ name: string, mode: string, isFor?: (filled: import('../form/fill.cjs').Filled) => boolean, around: (context: any, execute: Function) => Promise<any> }[]} */
const NODE = [
	{
		name: 'items do not say where they came from',
		mode: 'required',
		around: async (context, execute) => [(await execute.call(context))[0].map((/** @type {any} */ { pairedItem, ...item }) => item)],
	},
	{
		name: 'items say that they came of another',
		mode: 'items',
		around: async (context, execute) => [(await execute.call(context))[0].map((/** @type {any} */ item) => ({ ...item, pairedItem: { item: 7 } }))],
	},
	{
		name: 'every item has the parameters of the first',
		mode: 'items',
		// Nobody notices where all items can have is the same.
		isFor: (filled) => new Set(varied(filled).values.map((values) => JSON.stringify(values))).size > 1,
		around: (context, execute) =>
			execute.call(with_(context, { getNodeParameter: (/** @type {string} */ name, /** @type {number} */ _, /** @type {any[]} */ ...rest) => context.getNodeParameter(name, 0, ...rest) })),
	},
	{
		name: 'it stops at a failure, whatever was chosen',
		mode: 'refused',
		around: (context, execute) => execute.call(with_(context, { continueOnFail: () => false })),
	},
	{
		name: 'it goes on after a failure, whatever was chosen',
		mode: 'refused',
		around: (context, execute) => execute.call(with_(context, { continueOnFail: () => true })),
	},
	{
		name: 'an error does not say of which item it is',
		mode: 'refused',
		around: async (context, execute) => {
			try {
				return await execute.call(context);
			} catch (error) {
				/** @type {any} */ (error).context.itemIndex = undefined;
				throw error;
			}
		},
	},
	{
		name: 'an error holds the token',
		mode: 'refused',
		around: async (context, execute) => {
			try {
				return await execute.call(context);
			} catch (error) {
				/** @type {any} */ (error).context.request = { headers: { authorization: `Bearer ${require('../subject.cjs').TOKEN}` } };
				throw error;
			}
		},
	},
	{
		name: 'a record is left out',
		mode: 'pages',
		around: async (context, execute) => [(await execute.call(context))[0].slice(1)],
	},
	{
		name: 'a record comes twice',
		mode: 'pages',
		around: async (context, execute) => {
			const [items] = await execute.call(context);
			return [[...items.slice(0, -1), ...items.slice(0, 1)]];
		},
	},
];

module.exports = { NODE };
