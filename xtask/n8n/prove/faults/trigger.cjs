// @ts-check
'use strict';
/** Faults in what a package says of its events. Each is made in the descriptor that the trigger has loaded. */

/** @typedef {{ descriptor: any, webhooks: import('../sign.cjs').Webhooks, name: string }} Spoiled */

/** @type {{ name: string, make: (of: Spoiled) => boolean | void }[]} */
const TRIGGER = [
	{ name: 'nothing is verified', make: ({ descriptor }) => remove(descriptor, 'signature') },
	{
		name: 'another header has the signature',
		make: ({ descriptor: { signature } }) => (signature?.header === undefined ? false : void (signature.header += '-other')),
	},
	{
		name: 'a part of what is signed is forgotten',
		make: ({ descriptor: { signature } }) => (signature?.signed?.length > 1 ? void signature.signed.pop() : false),
	},
	{
		name: 'the time is not looked at',
		make: ({ descriptor: { signature } }) => {
			if (!signature?.timestamp || !signature.signed.includes('timestamp')) return false;
			signature.timestamp.unit = signature.timestamp.unit === 'seconds' ? 'milliseconds' : 'seconds';
		},
	},
	{ name: 'a delivery that comes again is refused', make: ({ descriptor }) => remove(descriptor, 'deliveryId') },
	{
		name: 'the record is looked for elsewhere',
		make: ({ descriptor }) => {
			const found = descriptor.kinds.filter((/** @type {any} */ kind) => kind.record);
			for (const kind of found) kind.record = [...kind.record, 'nowhere'];
			return found.length > 0;
		},
	},
	{
		name: 'the name of the event is looked for elsewhere',
		make: ({ descriptor }) => {
			for (const kind of descriptor.kinds) kind.key = { body: ['nowhere'] };
			return descriptor.kinds.length > 0;
		},
	},
	{
		name: 'an event is another option',
		make: ({ descriptor, name }) => {
			const kind = descriptor.kinds.find((/** @type {any} */ it) => it.events[name] !== undefined);
			const other = kind && Object.values(kind.events).find((it) => it !== kind.events[name]);
			if (other === undefined) return false;
			kind.events[name] = other;
		},
	},
	{ name: 'it does not register itself', make: ({ descriptor }) => remove(descriptor, 'subscription') },
	{
		name: 'it registers without a secret',
		make: ({ descriptor: { subscription } }) => {
			if (subscription?.secret !== 'chosen') return false;
			delete subscription.secret;
		},
	},
	{
		name: 'it registers without events',
		make: ({ descriptor: { subscription }, webhooks }) => {
			const key = webhooks.subscription?.events?.path[0];
			if (key === undefined || !subscription) return false;
			delete subscription.create.body.shape.object[key];
		},
	},
	{
		name: 'it never finds what it registered',
		make: ({ descriptor: { subscription } }) => (subscription?.find ? void subscription.find.path.splice(0, 1, '/nowhere/') : false),
	},
	{
		name: 'it leaves what it registered',
		make: ({ descriptor: { subscription } }) => (subscription ? void subscription.delete.path.splice(0, 1, '/nowhere/') : false),
	},
];

/** @param {any} object @param {string} name */
function remove(object, name) {
	if (!(name in object)) return false;
	delete object[name];
	return true;
}

module.exports = { TRIGGER };
