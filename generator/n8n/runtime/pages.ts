/** Lists that come in pages. */
import { createHash } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';

import type { Connection } from './connection';
import type { Given, Pagination, Slot } from './descriptor';
import { apiError } from './errors';
import { urlOf, withBody, withQuery, type Outgoing } from './request';
import { jsonOf, listIn } from './response';
import { header, send, type Answer } from './send';
import { dig, isObject, parseJson } from './values';

/** Where in a list a page is. */
export interface Position {
	/**
	 * A cursor, a page's number, a number of items to skip, or a URL; the first page has none. Only a JSON
	 * body takes what is no text.
	 */
	value?: unknown;
	/** A digest of the page before it, where a server that knows nothing of pages would send it again. */
	before?: string;
	/** How many items the fullest page before it had: the size of a page. Only the last is shorter. */
	fullest?: number;
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
	declared: Pagination,
	outgoing: Outgoing,
	limit: number | undefined,
	mostPages = MOST_PAGES,
): Promise<unknown[]> {
	const pagination = directed(declared, outgoing);
	const items: unknown[] = [];
	const seen = new Set<string>();
	let position: Position = {};
	for (let pages = 0; pages < mostPages; pages++) {
		const wanted = limit === undefined ? undefined : limit - items.length;
		const sized = withSize(outgoing, pagination, limit, wanted);
		const page = await readPage(connection, pagination, sized, position, wanted);
		for (const item of page.items) items.push(item);
		const next = page.next?.value;
		if (page.next === undefined || next === undefined) return items;
		const key = JSON.stringify(next);
		if (seen.has(key)) return items;
		seen.add(key);
		position = page.next;
	}
	throw new NodeOperationError(
		connection.context.getNode(),
		`${outgoing.name}: the list goes on after ${mostPages} pages`,
	);
}

/** How a list goes on in the direction in which it is begun. */
function directed(pagination: Pagination, outgoing: Outgoing): Pagination {
	const { next } = pagination;
	const back = next.by === 'cursor' ? next.back : undefined;
	if (back === undefined || sent(outgoing, back.parameter) === undefined) return pagination;
	// What says whether there is more speaks of what comes after a page.
	return { ...pagination, more: undefined, next: { by: 'cursor', ...back } };
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
	const body = await jsonOf(connection, answer, outgoing);
	const items = await listIn(connection, { answer, body }, outgoing, pagination.items);
	const { next } = pagination;
	const isCounted = next.by === 'page' || next.by === 'offset';
	const digest = isCounted ? digestOf(items) : undefined;
	const isAgain = digest !== undefined && digest === position.before;
	if (!isAgain && wanted !== undefined && items.length >= wanted) {
		return { items: items.slice(0, wanted) };
	}
	const more = pagination.more && dig(body, pagination.more);
	if (more === false) return { items: items.slice(0, wanted) };
	const isItem = next.by === 'cursor' && !Array.isArray(next.cursor) && !('header' in next.cursor);
	// A count never ends by itself: what is after the last page is empty, or that page again.
	if ((isCounted || isItem) && items.length === 0 && more !== true) return { items };
	if (isAgain) {
		// What came by itself was page 1, where nobody says whether that is the first.
		const isFirst = next.by === 'page' && next.first === undefined && position.value === '1';
		return { items: [], next: isFirst ? { ...position, value: '2', before: digest } : undefined };
	}
	const seen = { answer, body, items };
	if (passed(pagination, position, outgoing, seen) >= countOf(pagination.total, seen))
		return { items };
	const value = nextOf(pagination, position, outgoing, seen);
	const fullest = isCounted ? Math.max(position.fullest ?? 0, items.length) : undefined;
	if (value !== undefined) return { items, next: { value, before: digest, fullest } };
	if (more !== true && !(isItem && items.length > 0)) return { items };
	const message = 'The page says that there is another one, and not where';
	throw await apiError(connection, answer, message, outgoing.name);
}

function digestOf(items: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(items)).digest('base64');
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
		return isLarger ? withSlot(outgoing, parameter, maximum) : outgoing;
	}
	// Where pages are numbered, all of them have to be of one size.
	const asked = next.by === 'page' ? limit : wanted;
	return withSlot(outgoing, parameter, Math.min(asked, maximum ?? asked));
}

/** The request with a value where it takes it. */
export function withSlot(outgoing: Outgoing, slot: Slot, value: unknown): Outgoing {
	if (typeof slot === 'string') return withQuery(outgoing, slot, String(value));
	if ('body' in slot) return withBody(outgoing, slot.body, value);
	const own = slot.header.toLowerCase();
	const others = Object.entries(outgoing.headers).filter(([name]) => name.toLowerCase() !== own);
	return { ...outgoing, headers: { ...Object.fromEntries(others), [slot.header]: String(value) } };
}

/** The request for the page at a position. */
function placed(
	connection: Connection,
	{ next }: Pagination,
	outgoing: Outgoing,
	{ value }: Position,
): { request: Outgoing; url?: string } {
	if (value === undefined) return { request: begun(next, outgoing) };
	if ('parameter' in next) {
		// A body takes a number as one.
		const isNumber = next.by !== 'cursor' && typeof next.parameter !== 'string';
		return { request: withSlot(outgoing, next.parameter, isNumber ? Number(value) : value) };
	}
	const url = sameOrigin(String(value), urlOf(outgoing, connection.baseUrl));
	if (url !== undefined) return { request: outgoing, url };
	throw new NodeOperationError(
		connection.context.getNode(),
		`${outgoing.name}: the next page is on another server, where the credential does not belong`,
	);
}

/** The request for the first page: without its number some servers answer with everything. */
function begun(next: Pagination['next'], outgoing: Outgoing): Outgoing {
	if (next.by !== 'page' || next.first === undefined || next.current !== undefined) return outgoing;
	if (sent(outgoing, next.parameter) !== undefined) return outgoing;
	return withSlot(outgoing, next.parameter, next.first);
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

/** A page, as it is looked at for what comes after it. */
interface Seen {
	answer: Answer;
	body: unknown;
	items: unknown[];
}

/** Where the next page is; `undefined` where the page says nothing of one. */
function nextOf(
	{ next, pages }: Pagination,
	position: Position,
	outgoing: Outgoing,
	page: Seen,
): unknown {
	switch (next.by) {
		case 'cursor': {
			const cursor = given(next.cursor, page);
			const isBody = typeof next.parameter !== 'string' && 'body' in next.parameter;
			return isBody && isObject(cursor) ? cursor : cursorOf(cursor, next.cursor, isBody);
		}
		case 'url':
			return textOf(dig(page.body, next.url));
		case 'link':
			return nextLink(header(page.answer, 'link'));
		case 'page': {
			const current = numberOf(next, position, outgoing, page);
			const isLast = next.first !== undefined && current - next.first + 1 >= countOf(pages, page);
			return isLast ? undefined : String(current + 1);
		}
		case 'offset': {
			const current = Number(position.value ?? sent(outgoing, next.parameter) ?? next.first ?? 0);
			return String(current + page.items.length);
		}
	}
}

/** The number of the page that came. */
function numberOf(
	next: Pagination['next'] & { by: 'page' },
	position: Position,
	outgoing: Outgoing,
	{ body }: Seen,
): number {
	const told = next.current && dig(body, next.current);
	return Number(told ?? position.value ?? sent(outgoing, next.parameter) ?? next.first ?? 0);
}

/** How many items came with this page and those before it, where that is counted; no more than that. */
function passed({ next }: Pagination, position: Position, outgoing: Outgoing, page: Seen): number {
	if (next.by !== 'page' && next.by !== 'offset') return -Infinity;
	const from = position.value ?? sent(outgoing, next.parameter);
	const { length } = page.items;
	if (next.by === 'offset') return Number(from ?? next.first ?? 0) + length - (next.first ?? 0);
	// Where it is 0 or 1, what came by itself is before page 1 or page 1 itself.
	const first = next.first ?? (from === undefined ? 0 : 1);
	const size = Math.max(position.fullest ?? 0, length);
	return (numberOf(next, position, outgoing, page) - first) * size + length;
}

/** What stands in a response; `undefined` where there is nothing. */
function given(source: Given, { answer, body, items }: Seen): unknown {
	if (Array.isArray(source)) return dig(body, source);
	if ('header' in source) return header(answer, source.header.toLowerCase());
	if ('last' in source) return dig(items[items.length - 1], source.last);
	return dig(items[0], source.first);
}

/** A number of pages or items, where it is told. */
function countOf(source: Given | undefined, page: Seen): number {
	const count = source && textOf(given(source, page));
	return count === undefined ? Infinity : Number(count);
}

/** A cursor; zero and less in a body say that there is none, and an item's id may be anything. */
function cursorOf(cursor: unknown, source: Given, isBody: boolean): unknown {
	if (typeof cursor === 'number' && Array.isArray(source) && cursor <= 0) return undefined;
	if (isBody && (typeof cursor === 'number' || Array.isArray(cursor))) return cursor;
	return textOf(cursor);
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What the user set it to. */
function sent({ query, headers, body }: Outgoing, slot: Slot): string | undefined {
	if (typeof slot === 'string') {
		const pair = query.find((parameter) => parameter.name === slot)?.pairs[0];
		return pair?.slice(pair.indexOf('=') + 1);
	}
	if ('body' in slot) {
		return typeof body === 'string' ? textOf(dig(parseJson(body), slot.body)) : undefined;
	}
	const own = slot.header.toLowerCase();
	return Object.entries(headers).find(([name]) => name.toLowerCase() === own)?.[1];
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
