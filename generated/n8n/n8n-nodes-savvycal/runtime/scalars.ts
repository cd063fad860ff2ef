// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Reading single values: what the editor gives, and what expressions may give instead. */
import { DateTime } from 'luxon';
import type { IBinaryData } from 'n8n-workflow';

import type { Shape } from './descriptor';
import {
	FileReference,
	HIDDEN,
	InvalidValue,
	isLong,
	isObject,
	jsonText,
	LongInteger,
	member,
	parseExact,
	parseJson,
	type Value,
} from './values';

/** The shapes of single values. */
export type Scalar = Extract<Shape, string>;

/** What reading needs to know beside the value. */
export interface Reading {
	/** The keys that led to the value, for messages. */
	path: string[];
	/** The workflow's time zone, for times that name none. */
	timezone: string;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a value at its place.
 *
 * @returns What is sent: null where it is null, `undefined` where nothing is.
 * @throws {@link InvalidValue} where the value cannot be what the shape says.
 */
export function readScalar(shape: Scalar, given: unknown, reading: Reading): Value | undefined {
	if (given === undefined || given === null) return given;
	const found = unwrapLocator(given);
	if (found === undefined || found === null) return undefined;
	if (found === '' && shape !== 'text') return undefined;
	return READERS[shape](found, reading);
}

type Reader = (found: unknown, reading: Reading) => Value | undefined;

const READERS: Record<Scalar, Reader> = {
	text: readText,
	option: (found, { path }) => {
		if (isScalar(found) || found instanceof LongInteger) return found;
		throw new InvalidValue(path, 'one of the options', found);
	},
	id: (found, { path }) => {
		if (typeof found === 'string' || typeof found === 'number') return found;
		if (found instanceof LongInteger) return found.digits;
		throw new InvalidValue(path, 'an ID', found);
	},
	number: (found, reading) => readNumber(found, reading, 'a number'),
	integer: readInteger,
	boolean: readBoolean,
	dateTime: readDateTime,
	date: (found, reading) =>
		toDateTime(found, reading, 'a date (2026-01-31)').toISODate() ?? undefined,
	textOrNumber: (found, reading) => readEither(['number'], found, reading),
	textOrBoolean: (found, reading) => readEither(['boolean'], found, reading),
	textOrScalar: (found, reading) => readEither(['number', 'boolean'], found, reading),
	json: readJson,
	binary: (found, { path }) => {
		if (typeof found === 'string') return new FileReference(found);
		if (isFile(found)) return new FileReference(found);
		throw new InvalidValue(path, 'the name of a binary property', found);
	},
};

/** What an expression gives for a binary property: `{{ $binary.data }}`. */
function isFile(value: unknown): value is IBinaryData {
	const stored = member(value, 'data') ?? member(value, 'id');
	return typeof member(value, 'mimeType') === 'string' && typeof stored === 'string';
}

function isScalar(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

function readText(found: unknown, { path }: Reading): string {
	if (isScalar(found)) return String(found);
	if (found instanceof LongInteger) return found.digits;
	if (found instanceof Date) return found.toISOString();
	if (DateTime.isDateTime(found)) return found.toISO() ?? '';
	throw new InvalidValue(path, 'text', found);
}

/** A value of the types where the text is JSON of one, else the text. */
function readEither(types: string[], found: unknown, reading: Reading): Value {
	const value = typeof found === 'string' ? parseJson(found) : found;
	// A long number is an id, which must not be rounded.
	const isRounded = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
	return isScalar(value) && types.includes(typeof value) && !isRounded
		? value
		: readText(found, reading);
}

function readNumber(
	found: unknown,
	{ path }: Reading,
	expected: string,
): number | LongInteger | undefined {
	if (found instanceof LongInteger) return found;
	if (typeof found === 'number' && Number.isFinite(found)) return found;
	if (typeof found === 'string') {
		const text = found.trim();
		if (text === '') return undefined;
		if (isLong(text))
			return new LongInteger(text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1'));
		if (NUMBER.test(text) && Number.isFinite(Number(text))) return Number(text);
	}
	throw new InvalidValue(path, expected, found);
}

function readInteger(found: unknown, reading: Reading): number | LongInteger | undefined {
	const number = readNumber(found, reading, 'a whole number');
	if (typeof number !== 'number' || Number.isSafeInteger(number)) return number;
	// Text that is rounded on its way would reach another record.
	if (Number.isInteger(number) && typeof found === 'number') return number;
	throw new InvalidValue(reading.path, 'a whole number', found);
}

function readBoolean(found: unknown, { path }: Reading): boolean | undefined {
	if (typeof found === 'boolean') return found;
	if (typeof found === 'string') {
		const text = found.trim().toLowerCase();
		if (text === '') return undefined;
		if (text === 'true' || text === 'false') return text === 'true';
	}
	throw new InvalidValue(path, 'true or false', found);
}

function readDateTime(found: unknown, reading: Reading): string | undefined {
	// Sent as it is: luxon keeps milliseconds only.
	if (typeof found === 'string' && RFC_3339.test(found) && DateTime.fromISO(found).isValid) {
		return found;
	}
	const time = toDateTime(found, reading, 'a date and time (2026-01-31T09:30:00Z)');
	return time.toISO({ suppressMilliseconds: true }) ?? undefined;
}

function toDateTime(found: unknown, { path, timezone }: Reading, expected: string): DateTime {
	if (DateTime.isDateTime(found) && found.isValid) return found;
	if (found instanceof Date && !Number.isNaN(found.getTime())) {
		return DateTime.fromJSDate(found, { zone: timezone });
	}
	if (typeof found === 'string') {
		const options = { zone: timezone, setZone: true };
		for (const parse of [DateTime.fromISO, DateTime.fromSQL, DateTime.fromRFC2822]) {
			const time = parse(found.trim(), options);
			if (time.isValid) return time;
		}
	}
	throw new InvalidValue(path, expected, found);
}

function readJson(found: unknown, reading: Reading): Value | undefined {
	if (typeof found !== 'string') return plain(found, reading);
	if (found.trim() === '') return undefined;
	const value = parseExact(found);
	if (value === undefined) throw new InvalidValue(reading.path, 'JSON', HIDDEN);
	return value as Value;
}

/** A value of an expression as JSON has it: dates as text, nothing of a class. */
function plain(found: unknown, { path }: Reading): Value {
	let text: string | undefined;
	try {
		text = jsonText(found);
	} catch {
		// It refers to itself.
	}
	if (text === undefined) throw new InvalidValue(path, 'JSON', found);
	return parseExact(text) as Value;
}

/** The value of a resource locator; what is none stays. */
function unwrapLocator(found: unknown): unknown {
	if (!isObject(found) || member(found, '__rl') !== true) return found;
	const value = member(found, 'value');
	return member(found, 'mode') === 'url' && typeof value === 'string' ? idInUrl(value) : value;
}

/** The id in the address of a record: the last UUID of its path, else its path's last segment. */
function idInUrl(url: string): string {
	const path = url
		.trim()
		.replace(/[?#].*$/s, '')
		.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
	const uuid = path.match(UUID)?.pop();
	if (uuid !== undefined) return uuid;
	const segment = path.split('/').filter(Boolean).pop() ?? '';
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
