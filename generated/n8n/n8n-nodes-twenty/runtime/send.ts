// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Sending a request through n8n: credentials, retries, redirects. */
import { sleep, type IHttpRequestMethods, type IHttpRequestOptions } from 'n8n-workflow';

import type { Connection } from './connection';
import { answerError, connectionError, errorCode } from './errors';
import { urlOf, type Outgoing } from './request';
import { isWorthRepeating, MOST_TRIES, waitAfter } from './retry';
import { dig, isObject, member } from './values';

/** The server's answer. */
export interface Answer {
	status: number;
	statusText: string;
	/** By their names in lower case. */
	headers: Record<string, unknown>;
	body: Buffer;
	/** Where it comes from. */
	url: string;
}

const MOST_REDIRECTS = 5;

/**
 * Sends a request until it succeeds, or it is of no use to try again.
 *
 * @param url Where it goes in place of its own URL.
 * @throws NodeApiError with the server's message.
 */
export async function send(
	connection: Connection,
	outgoing: Outgoing,
	url = urlOf(outgoing, connection.baseUrl),
): Promise<Answer> {
	for (let tries = 1; ; tries++) {
		const { answer, error } = await attempt(connection, outgoing, url);
		if (answer !== undefined && answer.status < 300) return answer;
		const again =
			answer === undefined
				? outgoing.repeatable && errorCode(error) !== undefined
				: isWorthRepeating(answer.status, outgoing);
		if (!again || tries === MOST_TRIES) {
			throw answer === undefined
				? connectionError(connection, error, outgoing.name)
				: answerError(connection, answer, outgoing.name);
		}
		await sleep(waitAfter(tries, header(answer, 'retry-after')), cancelSignal(connection));
	}
}

/** A header of an answer, the first where there are several. */
export function header(answer: Answer | undefined, name: string): string | undefined {
	const value = answer?.headers[name];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return typeof first === 'string' ? first : undefined;
}

/** One try: an answer of any status, or the error that came instead. */
async function attempt(
	connection: Connection,
	outgoing: Outgoing,
	url: string,
): Promise<{ answer?: Answer; error?: unknown }> {
	try {
		return { answer: await follow(connection, outgoing, url) };
	} catch (error) {
		return { answer: rejected(error, url), error };
	}
}

/**
 * Follows redirects by hand: whoever does it for us takes headers along, keys of the API among them, to
 * wherever the server says.
 */
async function follow(connection: Connection, first: Outgoing, url: string): Promise<Answer> {
	let outgoing = first;
	let answer = await exchange(connection, outgoing, url);
	for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
		const location = header(answer, 'location');
		if (answer.status < 300 || answer.status >= 400 || location === undefined) break;
		const from = new URL(answer.url);
		const to = new URL(location, from);
		const next = redirected(outgoing, answer.status, isAtHome(from, to));
		if (next === undefined) break;
		outgoing = next;
		answer = await exchange(connection, outgoing, to.href);
	}
	return answer;
}

/** The request after a redirect (RFC 9110, section 15.4); `undefined` where it must not be followed. */
function redirected(outgoing: Outgoing, status: number, atHome: boolean): Outgoing | undefined {
	const { method, headers } = outgoing;
	const isReading = method === 'GET' || method === 'HEAD';
	const becomesGet = !isReading && (status === 303 || (status < 303 && method === 'POST'));
	const next = becomesGet
		? { ...outgoing, method: 'GET', headers: { accept: headers.accept }, body: undefined }
		: outgoing;
	if (atHome) return next;
	if (!isReading) return undefined;
	return { ...next, headers: { accept: headers.accept }, anonymous: true };
}

/** Whether a redirect stays with the server that the credential is for. */
function isAtHome(from: URL, to: URL): boolean {
	if (from.origin === to.origin) return true;
	return from.hostname === to.hostname && from.protocol === 'http:' && to.protocol === 'https:';
}

async function exchange(connection: Connection, outgoing: Outgoing, url: string): Promise<Answer> {
	const { context, credential } = connection;
	const options: IHttpRequestOptions = {
		url,
		method: outgoing.method as IHttpRequestMethods,
		headers: { ...outgoing.headers },
		body: outgoing.body,
		// n8n writes and reads bodies its own way else.
		json: false,
		encoding: 'arraybuffer',
		returnFullResponse: true,
		disableFollowRedirect: true,
		// A 401 makes n8n renew the credential and try again.
		ignoreHttpStatusErrors: { ignore: true, except: outgoing.anonymous ? [] : [401] },
	};
	const response: unknown = outgoing.anonymous
		? await context.helpers.httpRequest(options)
		: await context.helpers.httpRequestWithAuthentication.call(context, credential, options);
	return {
		status: Number(member(response, 'statusCode')),
		statusText: String(member(response, 'statusMessage') ?? ''),
		headers: headersOf(response),
		body: bytesOf(member(response, 'body')),
		url,
	};
}

/** The answer in an error of n8n's, which it throws for what {@link exchange} does not ignore. */
function rejected(error: unknown, url: string): Answer | undefined {
	const response = dig(error, ['response']) ?? dig(error, ['cause', 'response']);
	const status = member(response, 'status');
	if (typeof status !== 'number') return undefined;
	return {
		status,
		statusText: String(member(response, 'statusText') ?? ''),
		headers: headersOf(response),
		body: bytesOf(member(response, 'data')),
		url,
	};
}

function headersOf(response: unknown): Record<string, unknown> {
	const headers = member(response, 'headers');
	return isObject(headers) ? { ...headers } : {};
}

function bytesOf(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body === undefined || body === null) return Buffer.alloc(0);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function cancelSignal({ context }: Connection): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
