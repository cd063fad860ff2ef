// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** From a request's descriptor and the node's parameters to what is sent. */
import { UserError } from 'n8n-workflow';

import { writeBody, type ReadFile } from './body';
import type { Parameter, Request } from './descriptor';
import { keysOf, read, type Source } from './read';
import * as styles from './styles';
import {
	HIDDEN,
	InvalidValue,
	isJsonType,
	isObject,
	jsonText,
	member,
	parseExact,
	type Value,
} from './values';

/** A request, all but the base URL and the credentials. */
export interface Outgoing {
	method: string;
	/** The path below the base URL, encoded. */
	path: string;
	/** A base URL of its own. */
	server?: Request['server'];
	/** In the order in which they are sent: each parameter with its encoded pairs. */
	query: Array<{ name: string; pairs: string[] }>;
	headers: Record<string, string>;
	body?: string | Buffer;
	/** Whether it does no harm to send it again when it is not known whether it arrived. */
	repeatable: boolean;
	/** Whether it goes without credentials. */
	anonymous: boolean;
	/** What it is called in messages, with nothing in it that was filled in: `GET /people/{id}`. */
	name: string;
}

/**
 * Builds a request.
 *
 * @throws {@link InvalidValue} where a parameter's value cannot be sent.
 */
export async function buildRequest(
	request: Request,
	source: Source,
	readFile: ReadFile,
): Promise<Outgoing> {
	const path = new Map<string, string>();
	const cookies: string[] = [];
	const outgoing: Outgoing = {
		method: request.method,
		path: '',
		server: request.server,
		query: [],
		headers: { accept: request.response.accept },
		repeatable: request.repeatable === true,
		anonymous: request.anonymous === true,
		name: `${request.method} ${template(request)}`,
	};
	for (const parameter of request.parameters ?? []) {
		const own = read(parameter.shape, source);
		const value = own === undefined ? sharedValue(parameter, request, source) : own;
		if (isUnset(value)) {
			if (parameter.required || parameter.in === 'path') throw missing(parameter);
			continue;
		}
		const style = styleOf(parameter);
		const carried = parameter.content === undefined ? value : written(value, parameter.content);
		switch (parameter.in) {
			case 'path':
				path.set(parameter.name, segmentOf(parameter, styles.writeSegment(carried, style)));
				break;
			case 'query':
				outgoing.query.push({ name: parameter.name, pairs: styles.writePairs(carried, style) });
				break;
			case 'header':
				outgoing.headers[parameter.name] = headerValue(
					styles.writeSegment(carried, style),
					parameter,
				);
				break;
			case 'cookie':
				cookies.push(...styles.writePairs(carried, style));
		}
	}
	if (cookies.length > 0) outgoing.headers.cookie = cookies.join('; ');
	outgoing.path = fillPath(request, path);
	if (hasHeader(outgoing, request.idempotencyKey)) outgoing.repeatable = true;
	if (request.body !== undefined) {
		const body = await writeBody(request.body, source, readFile);
		if (body !== undefined) {
			outgoing.headers['content-type'] = body.contentType;
			outgoing.body = body.content;
		}
	}
	return outgoing;
}

/**
 * What the credential says of a parameter that operations share. It does not go to a server of the
 * operation's own that no credential is sent to.
 */
function sharedValue(parameter: Parameter, request: Request, source: Source): Value | undefined {
	if (parameter.credential === undefined || (request.anonymous && request.server)) return undefined;
	const value = member(source.credential ?? {}, parameter.credential);
	const text = typeof value === 'string' ? value.trim() : '';
	return text === '' ? undefined : text;
}

/** The same request with another value of a query parameter, in its place; at the end where it is new. */
export function withQuery(outgoing: Outgoing, name: string, value: string): Outgoing {
	const pair = { name, pairs: [`${styles.component(name)}=${styles.component(value)}`] };
	const isKnown = outgoing.query.some((known) => known.name === name);
	const query = isKnown
		? outgoing.query.map((known) => (known.name === name ? pair : known))
		: [...outgoing.query, pair];
	return { ...outgoing, query };
}

/** The same request with another value at the keys of its JSON body; a request without one gets it. */
export function withBody(outgoing: Outgoing, keys: string[], value: unknown): Outgoing {
	const { body = '{}' } = outgoing;
	const whole: unknown = typeof body === 'string' ? parseExact(body) : undefined;
	if (!isObject(whole)) throw new InvalidValue(keys, 'a body that is a JSON object', HIDDEN);
	const headers = { 'content-type': 'application/json', ...outgoing.headers };
	return { ...outgoing, headers, body: jsonText(replaced(whole, keys, value)) };
}

function replaced(whole: unknown, keys: string[], value: unknown): unknown {
	const [key, ...rest] = keys;
	if (key === undefined) return value;
	const known = isObject(whole) ? whole : {};
	return { ...known, [key]: replaced(member(known, key), rest, value) };
}

/** Its URL as it is sent: whole, so that nobody encodes it again. */
export function urlOf(outgoing: Outgoing, baseUrl: string): string {
	const { path, query } = outgoing;
	const base = baseOf(outgoing, baseUrl);
	const pairs = query.flatMap((parameter) => parameter.pairs);
	const search = pairs.length > 0 ? `?${pairs.join('&')}` : '';
	return `${base.replace(/\/+$/, '')}/${path.replace(/^\//, '')}${search}`;
}

/** The base of an operation's URL: a server of its own only where the credential belongs to it. */
function baseOf({ server, anonymous, name }: Outgoing, baseUrl: string): string {
	if (server === undefined) return baseUrl;
	const { url, beside = url } = server;
	const { origin } = new URL(baseUrl);
	if (anonymous || [url, beside].some((known) => new URL(known).origin === origin)) return url;
	throw new UserError(
		`${name}: this operation is served at ${url}, where the credential for ${origin} does not belong. Use a credential whose base URL is ${beside}`,
	);
}

/** The path as the document writes it. */
function template({ path }: Request): string {
	return path.map((part) => (typeof part === 'string' ? part : `{${part.parameter}}`)).join('');
}

function fillPath({ path }: Request, values: Map<string, string>): string {
	const filled = path.map((part) => {
		if (typeof part === 'string') return part;
		const value = values.get(part.parameter);
		if (value === undefined) throw new InvalidValue([part.parameter], 'a value', undefined);
		return value;
	});
	return filled.join('');
}

/** A path parameter as it is written, which cannot lead out of its place. */
function segmentOf(parameter: Parameter, text: string): string {
	if (text === '') throw missing(parameter);
	if (text !== '.' && text !== '..') return text;
	throw new InvalidValue(placeOf(parameter), 'a value that leads to no other path', text);
}

function isUnset(value: Value | undefined): value is undefined | null {
	if (value === undefined || value === null) return true;
	if (Array.isArray(value)) return value.length === 0;
	return isObject(value) && Object.keys(value).length === 0;
}

function missing(parameter: Parameter): InvalidValue {
	return new InvalidValue(placeOf(parameter), 'a value', undefined);
}

/** The keys that lead to a parameter's value; its name where there are none. */
function placeOf({ name, shape }: Parameter): string[] {
	const path = keysOf(shape);
	return path.length > 0 ? path : [name];
}

function styleOf(parameter: Parameter): styles.Style {
	const inUrl = parameter.in === 'path' || parameter.in === 'query';
	const usual = parameter.in === 'path' || parameter.in === 'header' ? 'simple' : 'form';
	const style = parameter.content === undefined ? (parameter.style ?? usual) : usual;
	let encoding = styles.component;
	if (parameter.allowReserved && parameter.in === 'query') encoding = styles.reserved;
	if (!inUrl) encoding = parameter.in === 'cookie' ? styles.cookie : styles.nothing;
	return { name: parameter.name, style, explode: parameter.explode ?? style === 'form', encoding };
}

/** A parameter's value in its media type. */
function written(value: Value, mediaType: string): Value {
	return isJsonType(mediaType) ? jsonText(value) : value;
}

/** As UTF-8, of which node's HTTP client takes one byte for one character. */
function headerValue(text: string, parameter: Parameter): string {
	if (/(?!\t)\p{Cc}/u.test(text)) {
		throw new InvalidValue(placeOf(parameter), 'text without line breaks', HIDDEN);
	}
	return Buffer.from(text).toString('latin1');
}

function hasHeader({ headers }: Outgoing, name: string | undefined): boolean {
	return Object.keys(headers).some((known) => known.toLowerCase() === name?.toLowerCase());
}
