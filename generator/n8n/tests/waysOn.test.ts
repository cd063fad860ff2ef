/** Lists that go on in other ways than by a query parameter and a cursor in the body. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Pagination, Request } from '../runtime/descriptor';
import { request, resource, run } from './support/node';
import { Stage, type Received, type Reply } from './support/server';

const stage = Stage.open();

/** Reads a list to its end. */
async function read(
	pagination: Pagination,
	reply: (received: Received) => Reply,
	of: Partial<Request> = {},
	set: Record<string, unknown> = {},
) {
	const server = await stage;
	server.received.length = 0;
	server.reply = reply;
	const response = { accept: 'application/json', as: 'json', list: true } as const;
	const descriptor = resource(request({ response, pagination, ...of }));
	const parameters = { returnAll: true, ...set };
	const { json, error } = await run(descriptor, { baseUrl: server.url, parameters });
	return { ids: json.map((record) => (record as { id: unknown }).id), error, received: server.received };
}

const records = (...ids: unknown[]) => ids.map((id) => ({ id }));
const bodies = (received: Received[]) => received.map(({ body }) => JSON.parse(body.toString() || 'null'));

test('the id of the last item leads to the next page', async () => {
	const pagination: Pagination = {
		items: ['data'],
		next: { by: 'cursor', parameter: 'starting_after', cursor: { last: ['id'] } },
		more: ['has_more'],
	};
	const { ids, received } = await read(pagination, ({ query }) =>
		query.has('starting_after')
			? [200, { data: records('c'), has_more: false }]
			: [200, { data: records('a', 'b'), has_more: true }],
	);
	assert.deepEqual(ids, ['a', 'b', 'c']);
	assert.equal(received[1].target, '/things?starting_after=b');
	const lost = await read(pagination, () => [200, { data: [{}], has_more: true }]);
	assert.match(String(lost.error?.message), /another one, and not where/);
});

test('without a flag the last item leads on until a page is empty', async () => {
	const next: Pagination['next'] = { by: 'cursor', parameter: 'after', cursor: { last: ['id'] } };
	const { ids, received } = await read({ items: [], next }, ({ query }) => {
		const from = Number(query.get('after') ?? 0);
		return [200, records(from + 1, from + 2).filter(({ id }) => Number(id) <= 3)];
	});
	assert.deepEqual(ids, [1, 2, 3]);
	assert.equal(received.length, 3);
});

test('a body takes the cursor back as the value that it was', async () => {
	const pagination: Pagination = {
		items: ['points'],
		next: { by: 'cursor', parameter: { body: ['page', 'from'] }, cursor: ['next'] },
	};
	const body: Request['body'] = {
		mediaType: 'application/json',
		encoding: 'json',
		shape: { object: { q: 'text' } },
	};
	let next: unknown[] = [7, { k: 1 }, null];
	const reply = (): Reply => [200, { points: records(next.length), next: next.shift() }];
	const { ids, received } = await read(pagination, reply, { method: 'POST', body }, { q: 'x' });
	assert.deepEqual(ids, [3, 2, 1]);
	const expected = [{ q: 'x' }, { q: 'x', page: { from: 7 } }, { q: 'x', page: { from: { k: 1 } } }];
	assert.deepEqual(bodies(received), expected);
	next = ['b', null];
	const bare = await read(pagination, reply, { method: 'POST' });
	assert.deepEqual(bodies(bare.received), [null, { page: { from: 'b' } }]);
	assert.equal(bare.received[1].headers['content-type'], 'application/json');
});

test('headers take and give cursors, counts and the next number', async () => {
	const header = 'X-Continuation';
	const next: Pagination['next'] = { by: 'cursor', parameter: { header }, cursor: { header } };
	const byHeader = await read({ items: [], next }, ({ headers }) =>
		headers['x-continuation'] === undefined
			? [200, records(1), { 'x-continuation': 'c' }]
			: [200, records(2)],
	);
	assert.deepEqual(byHeader.ids, [1, 2]);
	assert.equal(byHeader.received[1].headers['x-continuation'], 'c');
	const number: Pagination['next'] = { by: 'cursor', parameter: 'page', cursor: { header: 'X-Next-Page' } };
	const byNumber = await read({ items: [], next: number }, ({ query }) => [
		200,
		records(query.get('page') ?? '1'),
		{ 'x-next-page': query.has('page') ? '' : '2' },
	]);
	assert.deepEqual(byNumber.ids, ['1', '2']);
	const pages: Pagination = {
		items: [],
		next: { by: 'page', parameter: 'page', first: 0 },
		pages: { header: 'X-Pages' },
	};
	const counted = await read(pages, ({ query }) => [
		200,
		records(query.get('page') ?? '0'),
		{ 'x-pages': '2' },
	]);
	assert.deepEqual(counted.ids, ['0', '1']);
	assert.equal(counted.received.length, 2);
});

test('whether the first page is 0 or 1 is found out', async () => {
	const pagination: Pagination = { items: [], next: { by: 'page', parameter: 'page' } };
	for (const [first, asked] of [
		[0, 3],
		[1, 4],
	]) {
		const { ids, received } = await read(pagination, ({ query }) => {
			const page = Number(query.get('page') ?? first) - first;
			return [200, page < 2 ? records(page) : []];
		});
		assert.deepEqual(ids, [0, 1]);
		assert.equal(received.length, asked);
	}
});

test('a page can say its number, and items can be counted from 1', async () => {
	const told: Pagination = {
		items: ['list'],
		next: { by: 'page', parameter: 'page', first: 1, current: ['number'] },
	};
	const pages = await read(told, ({ query }) => {
		const number = Number(query.get('page') ?? 0);
		return [200, { number, list: number < 2 ? records(number) : [] }];
	});
	assert.deepEqual(pages.ids, [0, 1]);
	const scim: Pagination = { items: [], next: { by: 'offset', parameter: 'startIndex', first: 1 } };
	const { received } = await read(scim, ({ query }) => [200, query.has('startIndex') ? [] : records(1, 2)]);
	assert.equal(received[1].target, '/things?startIndex=3');
});

test('pages are counted in the body', async () => {
	const pagination: Pagination = {
		items: ['list'],
		next: { by: 'page', parameter: { body: ['page'] }, first: 1 },
	};
	let count = 0;
	const { received } = await read(
		pagination,
		() => [200, { list: count++ < 2 ? records(count) : [] }],
		{ method: 'POST' },
	);
	assert.deepEqual(bodies(received), [{ page: 1 }, { page: 2 }, { page: 3 }]);
});

test('a total ends a list that is counted, so that no page past the end is asked for', async () => {
	const total = ['total'];
	const ways: Array<{ by: 'page' | 'offset'; parameter: string; first?: number }> = [
		{ by: 'page', parameter: 'page', first: 0 },
		{ by: 'offset', parameter: 'skip' },
		{ by: 'offset', parameter: 'skip', first: 1 },
	];
	for (const next of ways) {
		const { ids, error } = await read({ items: ['list'], next, total }, ({ query }) => {
			const first = next.first ?? 0;
			const from = Number(query.get(next.parameter) ?? first) - first;
			const skipped = next.by === 'page' ? from * 2 : from;
			if (skipped >= 3) return [404, { message: 'no such page' }];
			return [200, { list: records(0, 1, 2).slice(skipped, skipped + 2), total: 3 }];
		});
		assert.equal(error, undefined);
		assert.deepEqual(ids, [0, 1, 2]);
	}
});

test('the number of the first page is sent where it is known', async () => {
	const next: Pagination['next'] = { by: 'page', parameter: 'page', first: 1 };
	const { ids, received } = await read({ items: [], next }, ({ query }) => {
		const page = query.get('page');
		if (page === null) return [200, records(1, 2)];
		return [200, Number(page) < 3 ? records(Number(page)) : []];
	});
	assert.deepEqual(ids, [1, 2]);
	assert.equal(received[0].target, '/things?page=1');
});
