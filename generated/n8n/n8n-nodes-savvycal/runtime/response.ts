// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** From an answer to the items of the output. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from './connection';
import type { ResponseReading } from './descriptor';
import { apiError } from './errors';
import type { Outgoing } from './request';
import { header, type Answer } from './send';
import { dig, isObject, member } from './values';

/** How the user wants the output. */
export interface OutputOptions {
	simplify: boolean;
	/** The id of what is deleted. */
	id?: string | number;
}

/** An answer's body as JSON; `undefined` where it is empty. */
export async function jsonOf(
	connection: Connection,
	answer: Answer,
	outgoing: Outgoing,
): Promise<unknown> {
	const text = textOf(answer);
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		const type = header(answer, 'content-type') ?? 'nothing that is known';
		const message = `The server did not answer with JSON but with ${type}`;
		const description = `${outgoing.name}: is the credential's base URL that of the API?`;
		throw await apiError(connection, answer, message, description);
	}
}

/** An answer's body as text, in the charset that it names; without the mark that says so in the text. */
export function textOf(answer: Answer): string {
	const type = header(answer, 'content-type') ?? '';
	const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1] ?? 'utf-8';
	return decoder(charset).decode(answer.body);
}

function decoder(charset: string) {
	try {
		return new TextDecoder(charset);
	} catch {
		return new TextDecoder();
	}
}

/** The record in a body; the body itself where the keys lead nowhere. */
export function recordIn(body: unknown, keys: string[]): unknown {
	const record = dig(body, keys);
	return record === undefined ? body : record;
}

/**
 * The list in an answer; none where it is null, or where there is no body.
 *
 * @throws NodeApiError where the keys lead to no list: records would be lost.
 */
export async function listIn(
	connection: Connection,
	{ answer, body }: { answer: Answer; body: unknown },
	outgoing: Outgoing,
	keys: string[],
): Promise<unknown[]> {
	const list = dig(body, keys);
	if (Array.isArray(list)) return list as unknown[];
	if (list === null || body === undefined) return [];
	const place = keys.length > 0 ? `at "${keys.join('.')}" of the answer` : 'in the answer';
	const description = `${outgoing.name}: is the credential's base URL that of the API?`;
	throw await apiError(connection, answer, `There is no list ${place}`, description);
}

/** The item for one record. */
export function recordItem(
	record: unknown,
	reading: ResponseReading,
	options: OutputOptions,
): IDataObject {
	if (record === undefined || (record === null && !reading.list))
		return emptyItem(reading, options);
	const deleted = reading.deleted && emptyItem(reading, options);
	if (!isObject(record)) return { ...deleted, data: record as IDataObject[string] };
	const kept = options.simplify ? pick(record, reading.simplify ?? []) : record;
	return { ...deleted, ...kept } as IDataObject;
}

/** The item where the server says nothing. */
export function emptyItem({ deleted }: ResponseReading, { id }: OutputOptions): IDataObject {
	if (deleted === undefined) return { success: true };
	return id === undefined ? { deleted: true } : { deleted: true, id };
}

function pick(record: Record<string, unknown>, keys: string[]): Record<string, unknown> {
	const entries = keys.map((key) => [key, member(record, key)] as const);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The item for a file. */
export async function fileItem(
	context: IExecuteFunctions,
	answer: Answer,
	property: string,
): Promise<INodeExecutionData> {
	const type = header(answer, 'content-type')?.split(';')[0].trim();
	const file = await context.helpers.prepareBinaryData(answer.body, fileName(answer), type);
	return { json: {}, binary: { [property]: file } };
}

/** The file's name (RFC 6266), without the folders that a server may put before it. */
function fileName(answer: Answer): string | undefined {
	const disposition = header(answer, 'content-disposition') ?? '';
	const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition);
	const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
	const quoted = utf8(plain?.[1]?.replace(/\\(.)/g, '$1'));
	const inUrl = /\/([^/?#]+\.[A-Za-z0-9]+)(?:[?#]|$)/.exec(answer.url)?.[1];
	const name = decoded(extended?.[1]) ?? quoted ?? utf8(plain?.[2]) ?? decoded(inUrl);
	return name?.split(/[\\/]/).pop() || undefined;
}

/** What servers write as UTF-8 into a header, whose bytes are read as Latin-1. */
function utf8(text: string | undefined): string | undefined {
	const read = text && Buffer.from(text, 'latin1').toString('utf8');
	return read?.includes('\ufffd') ? text : read;
}

function decoded(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
