// @ts-check
'use strict';
/** Deliveries as the API sends them, signed by what the compiler knows of it. */
const { createHmac } = require('node:crypto');

/**
 * What the compiler knows of an API's webhooks.
 *
 * @typedef {object} Webhooks
 * @property {any} signature
 * @property {string[]} deliveryId
 * @property {{ create: string, url: string[], events: { path: string[], many: boolean, every: string | null, everyOf: string | null } | null, secret: any } | null} subscription
 * @property {Event[]} events
 *
 * @typedef {object} Event
 * @property {string} name
 * @property {string | null} wire
 * @property {{ body?: string[], header?: string } | null} key
 * @property {string[]} record
 * @property {any} body
 *
 * @typedef {{ headers: Record<string, string>, body: string }} Delivery
 */

let made = 0;

/**
 * A delivery that was never sent before.
 *
 * @param {Webhooks} webhooks
 * @param {Event} event
 * @param {string} secret
 * @param {{ at?: number }} [choices] when it is sent
 * @returns {Delivery}
 */
function delivery(webhooks, event, secret, { at = Date.now() } = {}) {
	made += 1;
	const value = structuredClone(event.body);
	const { deliveryId, signature } = webhooks;
	if (deliveryId.length > 0) put(value, deliveryId, `delivery-${made}`);
	const isTold = deliveryId.length > 0 || signature?.scheme !== 'hmac' || signature.timestamp;
	// Nothing else would tell it from the one before.
	if (!isTold && isObject(value)) value.deliveryNumber = made;
	const body = JSON.stringify(value);
	const headers = { 'content-type': 'application/json', ...(event.key?.header && { [event.key.header]: event.wire ?? '' }) };
	return { headers: { ...headers, ...signed(signature, secret, body, at + made) }, body };
}

/** @param {any} signature @param {string} secret @param {string} body @param {number} at @returns {Record<string, string>} */
function signed(signature, secret, body, at) {
	if (!signature) return {};
	const seconds = String(Math.floor(at / 1000));
	if (signature.scheme === 'standard') {
		const id = `msg_${made}`;
		const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
		const text = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
		return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${text}` };
	}
	const { header, prefix, encoding, timestamp } = signature;
	const time = timestamp?.unit === 'seconds' ? seconds : String(at);
	const parts = signature.signed.map((/** @type {any} */ part) => (part === 'body' ? body : part === 'timestamp' ? time : part.text));
	const text = createHmac('sha256', secret).update(parts.join('')).digest(encoding);
	return { [header]: prefix + text, ...(timestamp && { [timestamp.header]: time }) };
}

/** What the keys lead to. @param {any} value @param {string[]} keys */
function dig(value, keys) {
	return keys.reduce((inner, key) => inner?.[key], value);
}

/** @param {any} value @param {string[]} keys @param {unknown} put */
function put(value, keys, put) {
	const [last = ''] = keys.slice(-1);
	const at = dig(value, keys.slice(0, -1));
	if (isObject(at)) at[last] = put;
}

/** A value without what the keys lead to. @param {any} value @param {string[]} keys */
function without(value, keys) {
	const copy = structuredClone(value);
	const at = dig(copy, keys.slice(0, -1));
	if (isObject(at)) delete at[keys.at(-1) ?? ''];
	return copy;
}

/** @param {any} value */
function isObject(value) {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

module.exports = { delivery, dig, put, without };
