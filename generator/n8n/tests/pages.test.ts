/** Lists that come in pages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Pagination, Parameter, Request } from '../runtime/descriptor';
import type { Connection } from '../runtime/connection';
import { nextLink, readList } from '../runtime/pages';
import { request, resource, run, type Setting } from './support/node';
import { Stage, type Received, type Reply } from './support/server';

const stage = Stage.open();

async function list(pagination: Pagination, setting: Setting = {}, of: Partial<Request> = {}) {
	const { url, received } = await stage;
	received.length = 0;
	const response = { accept: 'application/json', as: 'json', list: true } as const;
	const descriptor = resource(request({ response, pagination, ...of }));
	const outcome = await run(descriptor, { baseUrl: url, ...setting });
	return { ...outcome, asked: received.map(({ target }) => target) };
}

/** A server with records from 0, which pages as `reply` says. */
async function serves(
	total: number,
	reply: (query: URLSearchParams, all: unknown[], request: Received) => Reply,
) {
	const all = Array.from({ length: total }, (_, id) => ({ id }));
	(await stage).reply = (received) => reply(received.query, all, received);
}

const ids = (json: unknown[]) => json.map((record) => (record as { id: number }).id);
const upTo = (count: number) => Array.from({ length: count }, (_, id) => id);
const all: Setting = { parameters: { returnAll: true } };
const limit = (count: unknown): Setting => ({
	parameters: { returnAll: false, ...(count === undefined ? {} : { limit: count }) },
});

const cursor: Pagination = {
	items: ['data', 'things'],
	size: { parameter: 'limit', maximum: 60, default: 60 },
	next: { by: 'cursor', parameter: 'after', cursor: ['info', 'end'] },
	more: ['info', 'more'],
};

const byCursor = (total: number) =>
	serves(total, (query, records) => {
		const from = Number(query.get('after') ?? 0);
		const to = from + Number(query.get('limit') ?? 60);
		const info = { more: to < records.length, end: String(Math.min(to, records.length)) };
		return [200, { data: { things: records.slice(from, to) }, info }];
	});

test('a list that is begun backwards goes on so', async () => {
	// As servers do: there is nothing after the last page, from which the way back begins.
	await serves(6, (query, records) => {
		const to = Number(query.get('before'));
		const from = Math.max(to - 2, 0);
		const start = from < to ? String(from) : null;
		return [200, { data: { things: records.slice(from, to) }, info: { more: false, start } }];
	});
	const back = { parameter: 'before', cursor: ['info', 'start'] };
	const next: Pagination['next'] = {
		by: 'cursor',
		parameter: 'after',
		cursor: ['info', 'end'],
		back,
	};
	const parameters: Parameter[] = [
		{ in: 'query', name: 'before', shape: { at: ['before'], shape: 'text' } },
	];
	const setting: Setting = { parameters: { returnAll: true, before: '6' } };
	const { json, asked } = await list({ ...cursor, size: undefined, next }, setting, { parameters });
	assert.deepEqual(ids(json), [4, 5, 2, 3, 0, 1]);
	const expected = ['6', '4', '2', '0'].map((before) => `/things?before=${before}`);
	assert.deepEqual(asked, expected);
});

test('Return All follows the cursor, with what else was asked for', async () => {
	await byCursor(130);
	const parameters: Parameter[] = [{ in: 'query', name: 'q', shape: { at: ['q'], shape: 'text' } }];
	const { json, asked, items } = await list(
		cursor,
		{ parameters: { returnAll: true, q: 'a b' } },
		{ parameters },
	);
	assert.deepEqual(ids(json), upTo(130));
	assert.deepEqual(asked, [
		'/things?q=a%20b',
		'/things?q=a%20b&after=60',
		'/things?q=a%20b&after=120',
	]);
	assert.ok(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0));
});

test('Limit asks for no more than it needs', async () => {
	await byCursor(130);
	const of = async (count: unknown) => {
		const { json, asked } = await list(cursor, limit(count));
		assert.deepEqual(ids(json), upTo(json.length));
		return [json.length, ...asked.map((target) => target.replace('/things?', ''))];
	};
	assert.deepEqual(await of(70), [70, 'limit=60', 'limit=10&after=60']);
	assert.deepEqual(await of(60), [60, 'limit=60']);
	assert.deepEqual(await of('={{ "5" }}'), [5, 'limit=5']);
	assert.deepEqual(await of(undefined), [50, 'limit=50']);
	const { error, asked } = await list(cursor, limit(0));
	assert.equal(error?.message, 'limit: expected a whole number from 1, got 0');
	assert.deepEqual(asked, []);
});

test('what a page asks for stands where the document has it', async () => {
	await byCursor(130);
	const parameters: Parameter[] = [
		{ in: 'query', name: 'after', shape: { at: ['after'], shape: 'option' } },
		{ in: 'query', name: 'limit', shape: { at: ['limit'], shape: 'integer' } },
		{ in: 'query', name: 'z', shape: { at: ['z'], shape: 'text' } },
	];
	const { asked } = await list(
		cursor,
		{ parameters: { returnAll: false, limit: 70, after: '10', z: '1' } },
		{ parameters },
	);
	assert.deepEqual(asked, ['/things?after=10&limit=60&z=1', '/things?after=70&limit=10&z=1']);
});

test('Limit holds where the server sends more than it was asked for', async () => {
	await serves(10, (_, records) => [
		200,
		{ data: { things: records }, info: { more: true, end: 'x' } },
	]);
	const { json, asked } = await list({ ...cursor, size: undefined }, limit(3));
	assert.deepEqual(ids(json), [0, 1, 2]);
	assert.equal(asked.length, 1);
});

test('Return All asks for larger pages only where they are larger than usual', async () => {
	await byCursor(3);
	const sizes: Array<[Pagination['size'], string]> = [
		[{ parameter: 'limit', maximum: 60, default: 20 }, '/things?limit=60'],
		[{ parameter: 'limit', maximum: 60, default: 60 }, '/things'],
		[{ parameter: 'limit', maximum: 60 }, '/things'],
		[{ parameter: 'limit' }, '/things'],
	];
	for (const [size, expected] of sizes) {
		assert.deepEqual((await list({ ...cursor, size }, all)).asked, [expected]);
	}
});

test('a cursor that comes again ends the list', async () => {
	await serves(1, (_, records) => [
		200,
		{ data: { things: records }, info: { more: true, end: 'same' } },
	]);
	const { json, asked } = await list(cursor, all);
	assert.equal(asked.length, 2);
	assert.equal(json.length, 2);
});

test('a list without an end is given up', async () => {
	let number = 0;
	const body = () => ({ data: { things: [1] }, info: { more: true, end: String(number++) } });
	const answer = async () => ({ statusCode: 200, headers: {}, body: body() });
	const context = { helpers: { httpRequestWithAuthentication: answer }, getNode: () => ({}) };
	const connection = {
		context,
		baseUrl: 'http://host',
		secrets: [],
		secretFields: [],
	} as unknown as Connection;
	const outgoing = {
		...{ method: 'GET', path: '/things', query: [], headers: {} },
		name: 'GET /things',
	};
	const safe = { ...outgoing, repeatable: true, anonymous: false };
	await assert.rejects(
		readList(connection, cursor, safe, undefined, 3),
		/GET \/things: the list goes on after 3 pages/,
	);
	assert.equal(number, 3);
});

test('a list that says there is more and not where is an error', async () => {
	await serves(1, (_, records) => [
		200,
		{ data: { things: records }, info: { more: true, end: null } },
	]);
	const { error } = await list(cursor, all);
	assert.equal(error?.message, 'The page says that there is another one, and not where');
	assert.equal(error?.description, 'GET /things');
});

test('an empty page with a cursor is not the last', async () => {
	const pages = [[0], [], [1]];
	await serves(0, (query) => {
		const number = Number(query.get('after') ?? 0);
		const end = number < 2 ? String(number + 1) : null;
		return [200, { data: { things: pages[number].map((id) => ({ id })) }, info: { end } }];
	});
	const { json, asked } = await list({ ...cursor, more: undefined }, all);
	assert.deepEqual([ids(json), asked.length], [[0, 1], 3]);
});

test('a short page in the middle of a counted list is not the last', async () => {
	const pages = [[0, 1, 2], [3], [4, 5]];
	await serves(0, (query) => {
		const number = Number(query.get('page') ?? 1);
		return [200, (pages[number - 1] ?? []).map((id) => ({ id }))];
	});
	const page: Pagination = { items: [], next: { by: 'page', parameter: 'page', first: 1 } };
	assert.deepEqual(ids((await list(page, all)).json), upTo(6));
});

test('a server that knows nothing of pages is asked twice', async () => {
	await serves(3, (_, records) => [200, records]);
	const page: Pagination = { items: [], next: { by: 'page', parameter: 'page', first: 1 } };
	const offset: Pagination = { items: [], next: { by: 'offset', parameter: 'skip' } };
	for (const pagination of [page, offset]) {
		const { json, asked } = await list(pagination, all);
		assert.deepEqual([ids(json), asked.length], [[0, 1, 2], 2]);
	}
});

test('Limit counts no page twice where nobody knows the number of the first', async () => {
	const page: Pagination = { items: [], next: { by: 'page', parameter: 'page' } };
	for (const first of [0, 1]) {
		await serves(7, (query, records) => {
			const from = (Number(query.get('page') ?? first) - first) * 3;
			return [200, records.slice(from, from + 3)];
		});
		const { json } = await list(page, limit(4));
		assert.deepEqual(ids(json), upTo(4), `the first is ${first}`);
	}
});

test('a page may be of any size', async () => {
	await serves(200_000, (_, records) => [200, records]);
	assert.equal((await list({ items: [], next: { by: 'link' } }, all)).json.length, 200_000);
});

test('a list that is missing is an error, and null is none', async () => {
	const records = { items: ['data', 'things'], next: { by: 'link' as const } };
	await serves(0, () => [200, { data: { things: null } }]);
	assert.deepEqual((await list(records, all)).json, []);
	for (const body of [{ data: {} }, { data: { things: {} } }, []]) {
		await serves(0, () => [200, body]);
		const { error } = await list(records, all);
		assert.equal(error?.message, 'There is no list at "data.things" of the answer');
		assert.equal(error?.httpCode, '200');
	}
});

test('pages are numbered, and all of one size', async () => {
	const page: Pagination = {
		items: [],
		size: { parameter: 'size', maximum: 4 },
		next: { by: 'page', parameter: 'page', first: 1 },
	};
	await serves(10, (query, records) => {
		const size = Number(query.get('size') ?? 4);
		const from = (Number(query.get('page') ?? 1) - 1) * size;
		return [200, records.slice(from, from + size)];
	});
	const whole = await list(page, all);
	assert.deepEqual(ids(whole.json), upTo(10));
	assert.deepEqual(whole.asked, [
		'/things?page=1',
		'/things?page=2',
		'/things?page=3',
		'/things?page=4',
	]);
	const some = await list(page, limit(7));
	assert.deepEqual(ids(some.json), upTo(7));
	assert.deepEqual(some.asked, ['/things?size=4&page=1', '/things?size=4&page=2']);
});

test('items are skipped, from where the user begins', async () => {
	const offset: Pagination = { items: ['list'], next: { by: 'offset', parameter: 'skip' } };
	await serves(7, (query, records) => {
		const from = Number(query.get('skip') ?? 0);
		return [200, { list: records.slice(from, from + 3) }];
	});
	const whole = await list(offset, all);
	assert.deepEqual(ids(whole.json), upTo(7));
	assert.deepEqual(whole.asked, ['/things', '/things?skip=3', '/things?skip=6', '/things?skip=7']);
	const parameters: Parameter[] = [
		{ in: 'query', name: 'skip', shape: { at: ['skip'], shape: 'integer' } },
	];
	const later = await list(offset, { parameters: { returnAll: true, skip: 2 } }, { parameters });
	assert.deepEqual(ids(later.json), [2, 3, 4, 5, 6]);
	assert.deepEqual(later.asked, ['/things?skip=2', '/things?skip=5', '/things?skip=7']);
});

test('a Link header leads to the next page', async () => {
	const link: Pagination = { items: [], next: { by: 'link' } };
	await serves(4, (query, records) => {
		const from = Number(query.get('from') ?? 0);
		const next = `</things?from=${from + 2}&q=%20x>; rel="next"`;
		const headers: Record<string, string> = from === 0 ? { link: next } : {};
		return [200, records.slice(from, from + 2), headers];
	});
	const { json, asked } = await list(link, all);
	assert.deepEqual(ids(json), upTo(4));
	assert.deepEqual(asked, ['/things', '/things?from=2&q=%20x']);
	assert.equal(nextLink('<a>; rel=prev, <b,c>; title="x, y"; rel="last next"'), 'b,c');
	assert.equal(nextLink('<a>; rel="nextish"'), undefined);
	assert.equal(nextLink(undefined), undefined);
});

test('a URL in the body leads to the next page, and never to another server', async () => {
	const { url, received } = await stage;
	const links: Pagination = { items: ['list'], next: { by: 'url', url: ['links', 'next'] } };
	let next = `${url}/things?page=2`;
	await serves(4, (query, records) =>
		query.has('page')
			? [200, { list: records.slice(2), links: { next: null } }]
			: [200, { list: records.slice(0, 2), links: { next } }],
	);
	assert.deepEqual(ids((await list(links, all)).json), upTo(4));
	assert.ok(received.every(({ headers }) => headers.authorization !== undefined));
	next = '?page=2';
	assert.deepEqual(ids((await list(links, all)).json), upTo(4));
	for (next of [url.replace('127.0.0.1', 'localhost'), '//evil.example/x', 'http://[']) {
		const { error, asked } = await list(links, all);
		assert.match(String(error?.message), /next page is on another server/);
		assert.equal(asked.length, 1);
	}
});
