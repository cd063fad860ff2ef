// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Errors that say what the server said, and no secret. */
import {
	NodeApiError,
	NodeOperationError,
	type INode,
	type INodeProperties,
	type JsonObject,
} from 'n8n-workflow';

import type { Connection } from './connection';
import { redactor } from './secrets';
import type { Answer } from './send';
import { dig, InvalidValue, isObject, member, parseJson } from './values';

/** The most that is shown of a message, in characters. */
const LONGEST = 1000;

/** Where a message is, the surest place first. */
const MESSAGES = ['message', 'messages', 'errorMessage', 'error_message', 'msg'];
/** Where it is when there is nothing better (`detail`, `title`: RFC 9457). */
const DETAILS = ['detail', 'details', 'error_description', 'description', 'reason', 'title'];
/** What holds the error as a whole. */
const WRAPPERS = ['error', 'fault', 'data'];

/** Codes of connections that broke or never were, and of answers that took too long. */
const BROKEN = [
	'EAI_AGAIN',
	'ECONNABORTED',
	'ECONNREFUSED',
	'ECONNRESET',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EPIPE',
	'ETIMEDOUT',
];

/**
 * The error for an answer that is no success: the server's own message, built anew, so that nothing of
 * the request is in it.
 */
export async function answerError(
	connection: Connection,
	answer: Answer,
	request: string,
): Promise<NodeApiError> {
	const status = statusOf(answer);
	const message = serverMessage(answer.body) ?? `The server answered ${status}`;
	return await apiError(connection, answer, message, `${request}: ${status}`);
}

/** The error for a redirect that is not followed. */
export async function movedError(
	connection: Connection,
	answer: Answer,
	to: URL,
	request: string,
): Promise<NodeApiError> {
	const isOther = to.origin !== new URL(answer.url).origin;
	const target = `${isOther ? 'another server, ' : ''}${to.origin}${to.pathname}`;
	const message = `The server moved this to ${target}: correct the credential's base URL`;
	return await apiError(connection, answer, message, `${request}: ${statusOf(answer)}`);
}

/** An error about an answer, without the credential's secrets. */
export async function apiError(
	connection: Connection,
	{ status }: Answer,
	text: string,
	details: string,
): Promise<NodeApiError> {
	const redact = await redactor(connection);
	const message = oneLine(redact(text));
	const description = oneLine(redact(details));
	return new NodeApiError(
		connection.context.getNode(),
		{ message },
		{ message, description, httpCode: String(status) },
	);
}

/** The error for a request without an answer. */
export async function connectionError(
	connection: Connection,
	error: unknown,
	request: string,
): Promise<NodeApiError> {
	const redact = await redactor(connection);
	const text = error instanceof Error ? error.message : 'No answer';
	// Only another server than the API answers here: the one that renews the credential.
	const isRenewal = responseIn(error) !== undefined;
	const message = oneLine(redact(isRenewal ? `Renewing the credential failed: ${text}` : text));
	const advice = member(error, 'description');
	const details = typeof advice === 'string' ? `${request}: ${advice}` : request;
	const description = oneLine(redact(details));
	const code = errorCode(error);
	const response: JsonObject = { message, ...(code !== undefined && { code }) };
	return new NodeApiError(connection.context.getNode(), response, {
		description,
		...(isRenewal && { message }),
	});
}

/** The answer in an error of n8n's, which may be wrapped. */
export function responseIn(error: unknown): unknown {
	return dig(error, ['response']) ?? dig(error, ['cause', 'response']);
}

/** Whether an error says that the connection broke. */
export function isBroken(error: unknown): boolean {
	return BROKEN.includes(errorCode(error) ?? '');
}

function errorCode(error: unknown): string | undefined {
	const code = member(error, 'code') ?? dig(error, ['cause', 'code']);
	return typeof code === 'string' ? code : undefined;
}

function statusOf({ status, statusText }: Answer): string {
	return `${status} ${statusText}`.trim();
}

/** Any error as n8n shows it, with the item it belongs to. */
export function nodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
	label = (path: string[]) => labelOf([], '', path),
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex = itemIndex;
		return error;
	}
	if (error instanceof InvalidValue) {
		const { path, message } = error;
		const name = label(path);
		return new NodeOperationError(node, name === '' ? sentence(message) : `${name}: ${message}`, {
			itemIndex,
		});
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex,
	});
}

/** The label of a parameter, as the editor shows it. */
export function labelOf(properties: INodeProperties[], operation: string, path: string[]): string {
	const shown = ({ displayOptions }: INodeProperties) =>
		displayOptions?.show?.operation?.includes(operation) ?? true;
	const labels: string[] = [];
	let level: unknown[] = properties.filter(shown);
	for (const key of path) {
		const found = level.find((property) => member(property, 'name') === key);
		if (found !== undefined) {
			labels.push(String(member(found, 'displayName')));
			level = list(found, 'options').flatMap((option) => [option, ...list(option, 'values')]);
		} else {
			labels.push(/^\d+$/.test(key) ? `#${Number(key) + 1}` : key);
		}
	}
	return labels.join(' > ');
}

function list(value: unknown, key: string): unknown[] {
	const found = member(value, key);
	return Array.isArray(found) ? found : [];
}

function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text as a message shows it. Only after it is redacted: secrets may have line breaks, and be cut. */
function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}

/** The message in an error's body. */
function serverMessage(body: Buffer): string | undefined {
	const text = body.toString('utf8').trim();
	const value = parseJson(text);
	const message = value === undefined ? plainText(text) : messageIn(value);
	return message?.trim() === '' ? undefined : message;
}

/** A body that is a sentence: no page of HTML, and nothing binary. */
function plainText(text: string): string | undefined {
	return /^[<{[]|\ufffd|\0/.test(text) ? undefined : text;
}

function messageIn(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (Array.isArray(value)) return texts(value);
	const wrapped = WRAPPERS.map((key) => member(value, key));
	const within = [value, ...wrapped];
	return (
		firstText(within, MESSAGES) ??
		firstText(within, ['errors', 'violations']) ??
		texts(wrapped.find(Array.isArray)) ??
		firstText(within, DETAILS) ??
		texts(wrapped[0])
	);
}

function firstText(objects: unknown[], keys: string[]): string | undefined {
	for (const object of objects) {
		for (const key of keys) {
			const text = texts(member(object, key));
			if (text !== undefined) return text;
		}
	}
	return undefined;
}

/** A text, or all texts of a list or of an object of messages by field. */
function texts(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim() === '' ? undefined : value;
	if (Array.isArray(value)) return joined(value.map(oneOf));
	if (!isObject(value)) return undefined;
	const fields = Object.entries(value).map(([field, of]) => {
		const text = Array.isArray(of)
			? joined(of.map(oneOf))
			: typeof of === 'string'
				? of
				: undefined;
		return text === undefined ? undefined : `${field}: ${text}`;
	});
	return joined(fields);
}

function oneOf(error: unknown): string | undefined {
	if (typeof error === 'string') return error;
	for (const key of ['message', 'detail', 'messages', 'title', 'msg', 'reason']) {
		const found = member(error, key);
		if (typeof found === 'string') return found;
		if (Array.isArray(found)) return joined(found.filter((it) => typeof it === 'string'));
	}
	return undefined;
}

function joined(parts: Array<string | undefined>): string | undefined {
	const present = parts.filter((part) => part !== undefined && part.trim() !== '');
	return present.length > 0 ? present.join('; ') : undefined;
}
