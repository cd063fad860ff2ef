// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Lists that come in pages. */
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Connection } from './connection';
import type { Pagination } from './descriptor';
import { urlOf, withQuery, type Outgoing } from './request';
import { jsonOf } from './response';
import { header, send, type Answer } from './send';
import { dig } from './values';

/** Where in a list a page is. */
export interface Position {
	/** A cursor, a page's number, a number of items to skip, or a URL; the first page has none. */
	value?: string;
	/** How many items the fullest page before it had. Only the last page is shorter. */
	fullest: number;
}

/** A page of a list. */
export interface Page {
	items: unknown[];
	/** Where the page after it is; the last page has none. */
	next?: Position;
}

/** A list that goes on for longer never ends. */
const MOST_PAGES = 10_000;

/**
 * Reads a list.
 *
 * @param limit How many items are wanted; all where it is `undefined`.
 */
export async function readList(
	connection: Connection,
	pagination: Pagination,
	outgoing: Outgoing,
	limit: number | undefined,
	mostPages = MOST_PAGES,
): Promise<unknown[]> {
	const items: unknown[] = [];
	const seen = new Set<string>();
	let position: Position = { fullest: 0 };
	for (let pages = 0; pages < mostPages; pages++) {
		const wanted = limit === undefined ? undefined : limit - items.length;
		const sized = withSize(outgoing, pagination, limit, wanted);
		const page = await readPage(connection, pagination, sized, position, wanted);
		items.push(...page.items);
		const next = page.next?.value;
		if (page.next === undefined || next === undefined || seen.has(next)) return items;
		seen.add(next);
		position = page.next;
	}
	throw new NodeOperationError(
		connection.context.getNode(),
		`${outgoing.name}: the list goes on after ${mostPages} pages`,
	);
}

/**
 * Reads one page.
 *
 * @param wanted No more items than this many are of use.
 */
export async function readPage(
	connection: Connection,
	pagination: Pagination,
	outgoing: Outgoing,
	position: Position,
	wanted?: number,
): Promise<Page> {
	const { request, url } = placed(connection, pagination, outgoing, position);
	const answer = await send(connection, request, url);
	const body = jsonOf(connection, answer, outgoing);
	const found = dig(body, pagination.items);
	const items = Array.isArray(found) ? (found as unknown[]) : [];
	if (wanted !== undefined && items.length >= wanted) return { items: items.slice(0, wanted) };
	const next = nextOf(pagination, position, outgoing, { answer, body, items: items.length });
	if (next === undefined) return { items };
	if (next === '') {
		const message = `${outgoing.name}: the page says that there is another one, and not where`;
		throw new NodeApiError(connection.context.getNode(), { message }, { message });
	}
	return { items, next: { value: next, fullest: Math.max(position.fullest, items.length) } };
}

/**
 * The request with the size of its page: what is wanted and allowed. With Return All it is left to the
 * server, unless larger pages are allowed than it sends by itself.
 */
function withSize(
	outgoing: Outgoing,
	{ size, next }: Pagination,
	limit: number | undefined,
	wanted: number | undefined,
): Outgoing {
	if (size === undefined) return outgoing;
	const { parameter, maximum } = size;
	if (limit === undefined || wanted === undefined) {
		const isLarger = maximum !== undefined && size.default !== undefined && maximum > size.default;
		return isLarger ? withQuery(outgoing, parameter, String(maximum)) : outgoing;
	}
	// Where pages are numbered, all of them have to be of one size.
	const asked = next.by === 'page' ? limit : wanted;
	return withQuery(outgoing, parameter, String(Math.min(asked, maximum ?? asked)));
}

/** The request for the page at a position. */
function placed(
	connection: Connection,
	{ next }: Pagination,
	outgoing: Outgoing,
	{ value }: Position,
): { request: Outgoing; url?: string } {
	if (value === undefined) return { request: outgoing };
	if ('parameter' in next) return { request: withQuery(outgoing, next.parameter, value) };
	const url = sameOrigin(value, urlOf(outgoing, connection.baseUrl));
	if (url !== undefined) return { request: outgoing, url };
	throw new NodeOperationError(
		connection.context.getNode(),
		`${outgoing.name}: the next page is on another server, where the credential does not belong`,
	);
}

/** A URL, seen from another one, if it leads to the same server. */
function sameOrigin(reference: string, base: string): string | undefined {
	const { origin } = new URL(base);
	try {
		const url = new URL(reference, base);
		return url.origin === origin ? url.href : undefined;
	} catch {
		return undefined;
	}
}

/** Where the next page is; `''` where there is one and nothing says where. */
function nextOf(
	{ next, more: moreAt }: Pagination,
	position: Position,
	outgoing: Outgoing,
	page: { answer: Answer; body: unknown; items: number },
): string | undefined {
	const more = moreAt && dig(page.body, moreAt);
	if (more === false || (page.items === 0 && more !== true)) return undefined;
	const unknown = more === true ? '' : undefined;
	switch (next.by) {
		case 'cursor':
			return textOf(dig(page.body, next.cursor)) ?? unknown;
		case 'url':
			return textOf(dig(page.body, next.url)) ?? unknown;
		case 'link':
			return nextLink(header(page.answer, 'link')) ?? unknown;
		case 'page':
		case 'offset': {
			if (more !== true && page.items < position.fullest) return undefined;
			const first = next.by === 'page' ? next.first : 0;
			const current = Number(position.value ?? sent(outgoing, next.parameter) ?? first);
			return String(current + (next.by === 'page' ? 1 : page.items));
		}
	}
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What a query parameter was set to by the user. */
function sent({ query }: Outgoing, name: string): string | undefined {
	const pair = query.find((parameter) => parameter.name === name)?.pairs[0];
	return pair?.slice(pair.indexOf('=') + 1);
}

/** The target of a `Link` header with `rel="next"` (RFC 8288). */
export function nextLink(links: string | undefined): string | undefined {
	for (const [, target, parameters] of (links ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
		const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(parameters);
		const relations = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
		if (relations.includes('next')) return target;
	}
	return undefined;
}
