/** From a request's descriptor and the node's parameters to what is sent. */
import { writeBody, type ReadFile } from './body';
import type { Parameter, Request, Shape } from './descriptor';
import { read, type Source } from './read';
import * as styles from './styles';
import { InvalidValue, isObject, type Value } from './values';

/** A request, all but the base URL and the credentials. */
export interface Outgoing {
	method: string;
	/** The path below the base URL, encoded. */
	path: string;
	/** A base URL of its own. */
	server?: string;
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
		const value = read(parameter.shape, source);
		if (isUnset(value)) {
			if (parameter.required || parameter.in === 'path') throw missing(parameter);
			continue;
		}
		const style = styleOf(parameter);
		const carried = parameter.content === undefined ? value : written(value, parameter.content);
		switch (parameter.in) {
			case 'path':
				path.set(parameter.name, styles.writeSegment(carried, style));
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

/** The same request with another value of a query parameter, in its place; at the end where it is new. */
export function withQuery(outgoing: Outgoing, name: string, value: string): Outgoing {
	const pair = { name, pairs: [`${styles.component(name)}=${styles.component(value)}`] };
	const isKnown = outgoing.query.some((known) => known.name === name);
	const query = isKnown
		? outgoing.query.map((known) => (known.name === name ? pair : known))
		: [...outgoing.query, pair];
	return { ...outgoing, query };
}

/** Its URL as it is sent: whole, so that nobody encodes it again. */
export function urlOf({ server, path, query }: Outgoing, baseUrl: string): string {
	const base = server === undefined ? baseUrl : new URL(server, `${baseUrl}/`).href;
	const pairs = query.flatMap((parameter) => parameter.pairs);
	const search = pairs.length > 0 ? `?${pairs.join('&')}` : '';
	return `${base.replace(/\/+$/, '')}/${path.replace(/^\//, '')}${search}`;
}

/** The path as the document writes it. */
function template({ path }: Request): string {
	return path.map((part) => (typeof part === 'string' ? part : `{${part.parameter}}`)).join('');
}

function fillPath({ path }: Request, values: Map<string, string>): string {
	const filled = path.map((part) => {
		if (typeof part === 'string') return part;
		const value = values.get(part.parameter);
		if (value === undefined || value === '') {
			throw new InvalidValue([part.parameter], 'a value', undefined);
		}
		return value;
	});
	const text = filled.join('');
	const dots = text.split('/').find((segment) => segment === '.' || segment === '..');
	if (dots !== undefined) {
		const [name] = values.keys();
		throw new InvalidValue([name], 'a value that leads to no other path', dots);
	}
	return text;
}

function isUnset(value: Value | undefined): value is undefined | null {
	if (value === undefined || value === null) return true;
	if (Array.isArray(value)) return value.length === 0;
	return isObject(value) && Object.keys(value).length === 0;
}

function missing({ name, shape }: Parameter): InvalidValue {
	const path = placeOf(shape);
	return new InvalidValue(path.length > 0 ? path : [name], 'a value', undefined);
}

/** The keys that lead to a parameter's value. */
function placeOf(shape: Shape): string[] {
	if (typeof shape === 'string' || !('at' in shape)) return [];
	return [...shape.at, ...placeOf(shape.shape)];
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
	return /[/+]json\b/i.test(mediaType) ? JSON.stringify(value) : value;
}

/** As UTF-8, of which node's HTTP client takes one byte for one character. */
function headerValue(text: string, { name, shape }: Parameter): string {
	if (/(?!\t)\p{Cc}/u.test(text)) {
		const path = placeOf(shape);
		throw new InvalidValue(path.length > 0 ? path : [name], 'text without line breaks', text);
	}
	return Buffer.from(text).toString('latin1');
}

function hasHeader({ headers }: Outgoing, name: string | undefined): boolean {
	return Object.keys(headers).some((known) => known.toLowerCase() === name?.toLowerCase());
}
