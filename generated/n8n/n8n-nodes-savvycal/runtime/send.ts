// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Sending a request through n8n: credentials, retries, redirects. */
import { sleep, type IHttpRequestMethods, type IHttpRequestOptions } from 'n8n-workflow';

import { cancelSignal, throwIfCancelled, type Connection } from './connection';
import { answerError, connectionError, isBroken, movedError, responseIn } from './errors';
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

/** A request and where it goes. */
interface Hop {
	outgoing: Outgoing;
	url: string;
}

const MOST_REDIRECTS = 5;

/** How long an answer may take, in milliseconds. */
const LONGEST_ANSWER = 120_000;

/**
 * Sends a request.
 *
 * Redirects are followed by hand: whoever does it for us takes headers along, keys of the API among
 * them, to wherever the server says.
 *
 * @param url Where it goes in place of its own URL.
 * @throws NodeApiError with the server's message.
 */
export async function send(
	connection: Connection,
	outgoing: Outgoing,
	url = urlOf(outgoing, connection.baseUrl),
): Promise<Answer> {
	let hop: Hop = { outgoing, url };
	for (let redirects = 0; ; redirects++) {
		const answer = await deliver(connection, hop);
		if (answer.status < 300) return answer;
		const to = redirects < MOST_REDIRECTS ? targetOf(answer) : undefined;
		if (to === undefined) throw await answerError(connection, answer, outgoing.name);
		const next = redirected(hop, answer, to);
		if (next === undefined) throw await movedError(connection, answer, to, outgoing.name);
		hop = next;
	}
}

/** Sends a request until it is answered for good, or it is of no use to try again. */
async function deliver(connection: Connection, { outgoing, url }: Hop): Promise<Answer> {
	for (let tries = 1; ; tries++) {
		const { answer, error } = await attempt(connection, outgoing, url);
		const again =
			answer === undefined
				? outgoing.repeatable && isBroken(error)
				: isWorthRepeating(answer.status, outgoing);
		if (!again || tries === MOST_TRIES) {
			if (answer !== undefined) return answer;
			throw await connectionError(connection, error, outgoing.name);
		}
		await sleep(waitAfter(tries, header(answer, 'retry-after')), cancelSignal(connection.context));
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
	throwIfCancelled(connection.context);
	try {
		return { answer: await exchange(connection, outgoing, url) };
	} catch (error) {
		throwIfCancelled(connection.context);
		return { answer: rejected(error, url), error };
	}
}

/** Where a redirect leads; `undefined` where it is none, or leads out of the web. */
function targetOf(answer: Answer): URL | undefined {
	const location = header(answer, 'location');
	if (answer.status >= 400 || location === undefined) return undefined;
	try {
		const to = new URL(location, answer.url);
		return /^https?:$/.test(to.protocol) ? to : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The request after a redirect (RFC 9110, section 15.4); `undefined` where it must not be followed: what
 * changes something goes to no other server, and loses its body only where the server asks for that.
 */
function redirected({ outgoing, url }: Hop, { status }: Answer, to: URL): Hop | undefined {
	const { method, headers } = outgoing;
	const stays = isAtHome(new URL(url), to);
	const plain = { ...outgoing, headers: { accept: headers.accept } };
	if (method === 'GET' || method === 'HEAD') {
		return { outgoing: stays ? outgoing : { ...plain, anonymous: true }, url: to.href };
	}
	if (!stays || status < 303) return undefined;
	const next: Outgoing =
		status === 303 ? { ...plain, method: 'GET', body: undefined, repeatable: true } : outgoing;
	return { outgoing: next, url: to.href };
}

/** Whether a redirect stays with the server that the credential is for. */
export function isAtHome(from: URL, to: URL): boolean {
	const isSecured = from.protocol === 'http:' && to.protocol === 'https:';
	return from.origin === to.origin || (isSecured && from.host === to.host);
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
		timeout: LONGEST_ANSWER,
		abortSignal: cancelSignal(context),
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

/**
 * The answer in an error of n8n's, which it throws for what {@link exchange} does not ignore. That of a
 * server which renews credentials is none of the API's.
 */
function rejected(error: unknown, url: string): Answer | undefined {
	const response = responseIn(error);
	if (dig(response, ['config', 'url']) !== url) return undefined;
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
