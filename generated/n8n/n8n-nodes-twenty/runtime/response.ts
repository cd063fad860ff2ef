// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** From an answer to the items of the output. */
import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Connection } from './connection';
import type { ResponseReading } from './descriptor';
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
export function jsonOf(connection: Connection, answer: Answer, outgoing: Outgoing): unknown {
	const text = answer.body.toString('utf8').replace(/^\ufeff/, '');
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		const type = header(answer, 'content-type') ?? 'nothing that is known';
		const message = `The server did not answer with JSON but with ${type}`;
		const description = `${outgoing.name}: is the credential's base URL that of the API?`;
		throw new NodeApiError(
			connection.context.getNode(),
			{ message },
			{ message, description, httpCode: String(answer.status) },
		);
	}
}

/** The items for a JSON body: one for each record. */
export function recordItems(
	body: unknown,
	reading: ResponseReading,
	options: OutputOptions,
): IDataObject[] {
	const data = dig(body, reading.data ?? []) ?? body;
	if (data === undefined || data === null) return [emptyItem(reading, options)];
	const records = reading.list && Array.isArray(data) ? (data as unknown[]) : [data];
	return records.map((record) => recordItem(record, reading, options));
}

/** The item for one record. */
export function recordItem(
	record: unknown,
	reading: ResponseReading,
	{ simplify }: OutputOptions,
): IDataObject {
	if (!isObject(record)) {
		return { ...(reading.deleted && { deleted: true }), data: record as IDataObject[string] };
	}
	const kept = simplify ? pick(record, reading.simplify ?? []) : record;
	return { ...(reading.deleted && { deleted: true }), ...kept } as IDataObject;
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
	const quoted = plain?.[1]?.replace(/\\(.)/g, '$1');
	const inUrl = /\/([^/?#]+\.[A-Za-z0-9]+)(?:[?#]|$)/.exec(answer.url)?.[1];
	const name = decoded(extended?.[1]) ?? quoted ?? plain?.[2] ?? decoded(inUrl);
	return name?.split(/[\\/]/).pop() || undefined;
}

function decoded(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
