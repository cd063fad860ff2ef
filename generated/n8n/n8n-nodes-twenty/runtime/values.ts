// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Values on their way from the node's parameters to the wire. */
import { randomUUID } from 'crypto';
import type { IBinaryData } from 'n8n-workflow';

/** A JSON value, in which a file of the item may stand. */
export type Value =
	| null
	| string
	| number
	| boolean
	| LongInteger
	| FileReference
	| Value[]
	| ValueObject;

/** An object of values. */
export interface ValueObject {
	[key: string]: Value;
}

/** A file of the item, whose bytes are read when the body is written. */
export class FileReference {
	/** @param file The name of a binary property, or what is in one. */
	constructor(readonly file: string | IBinaryData) {}

	/** JSON has no files. */
	toJSON(): never {
		throw new InvalidValue([], 'a value that JSON can carry', 'a file');
	}
}

/** A whole number from 2^53, which a number of JavaScript's would round. */
export class LongInteger {
	/** @param digits As JSON has it. */
	constructor(readonly digits: string) {}
}

/** In place of a value that no message shows: it may hold what is secret. */
export const HIDDEN = Symbol('something else');

/** A parameter whose value cannot be sent. */
export class InvalidValue extends Error {
	/**
	 * @param path The keys that lead to the value, from the node's parameters.
	 * @param expected What would have done: `a number`.
	 */
	constructor(
		readonly path: string[],
		readonly expected: string,
		readonly found: unknown,
	) {
		super(`expected ${expected}, got ${shown(found)}`);
	}
}

/** Whether it is an object whose members are data: no array, no class instance. */
export function isObject(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	if (value instanceof FileReference || value instanceof LongInteger) return false;
	return !(value instanceof Date || Buffer.isBuffer(value));
}

/** An object's own member; what it inherits (`constructor`, `__proto__`) is no member. */
export function member(value: unknown, key: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return Object.prototype.hasOwnProperty.call(value, key)
		? (value as Record<string, unknown>)[key]
		: undefined;
}

/** What the keys lead to. */
export function dig(value: unknown, keys: string[]): unknown {
	return keys.reduce(member, value);
}

/** The value that JSON text has; `undefined` for what is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** The same with every whole number as it is written; see {@link LongInteger}. */
export function parseExact(text: string): unknown {
	const value = parseJson(text);
	const mark = randomUUID();
	let isRounded = false;
	const marked = text.replace(STRING_OR_NUMBER, (token) => {
		if (!isLong(token)) return token;
		isRounded = true;
		return `"${mark}${token}"`;
	});
	if (value === undefined || !isRounded) return value;
	return JSON.parse(marked, (_, found: unknown) =>
		typeof found === 'string' && found.startsWith(mark)
			? new LongInteger(found.slice(mark.length))
			: found,
	) as unknown;
}

/** Whether a text is a whole number that a number of JavaScript's would round. */
export function isLong(text: string): boolean {
	return /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(Number(text));
}

/** A value as JSON. */
export function jsonText(value: unknown): string {
	const mark = randomUUID();
	let hasLong = false;
	const text = JSON.stringify(value, (_, found: unknown) => {
		if (!(found instanceof LongInteger)) return found;
		hasLong = true;
		return mark + found.digits;
	});
	return hasLong ? text.replace(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1') : text;
}

/** Whether a media type is one of JSON (RFC 6839, section 3.1). */
export function isJsonType(mediaType: string | undefined): boolean {
	return mediaType !== undefined && /[/+]json\b/i.test(mediaType);
}

/** The scalar's text as JSON has it, without quotes; `undefined` for what is no scalar. */
export function scalarText(value: Value): string | undefined {
	if (value instanceof LongInteger) return value.digits;
	switch (typeof value) {
		case 'string':
			return value;
		case 'number':
		case 'boolean':
			return String(value);
		default:
			return undefined;
	}
}

/** A value as a message shows it. */
function shown(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (typeof value === 'symbol') return value.description ?? '';
	if (typeof value === 'object' && value !== null)
		return Array.isArray(value) ? 'a list' : 'an object';
	const text = typeof value === 'string' ? `"${value}"` : String(value);
	return text.length > 60 ? `${text.slice(0, 60)}..` : text;
}
