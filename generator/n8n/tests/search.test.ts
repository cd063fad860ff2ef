/** The lists from which records are chosen in the editor. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type {
	Lookup,
	Pagination,
	ResourceDescriptor,
	ResponseReading,
} from '../runtime/descriptor';
import { request, resource, search, SECRET } from './support/node';
import { Stage } from './support/server';

const stage = Stage.open();

const LOOKUP: Lookup = {
	method: 'searchThings',
	operation: 'act',
	value: ['id'],
	label: [['name', 'first'], ['name', 'last'], ['number']],
};
const PAGES: Pagination = {
	items: ['data'],
	size: { parameter: 'limit', maximum: 2 },
	next: { by: 'cursor', parameter: 'after', cursor: ['end'] },
};

function things(
	lookup: Partial<Lookup> = {},
	pagination: Pagination | undefined = PAGES,
): ResourceDescriptor {
	const response: ResponseReading = {
		accept: 'application/json',
		as: 'json',
		data: ['data'],
		list: true,
	};
	return resource(request({ response, pagination }), { lookup: { ...LOOKUP, ...lookup } });
}

async function find(descriptor: ResourceDescriptor, filter?: string, token?: string) {
	const { url, received } = await stage;
	received.length = 0;
	const found = await search(descriptor, { baseUrl: url }, filter, token);
	return { ...found, asked: received.map(({ target }) => target) };
}

/** Records two by two: `a0`, `b1`, .. */
async function serves(count: number) {
	(await stage).reply = ({ query }) => {
		const from = Number(query.get('after') ?? 0);
		const numbers = Array.from({ length: count }, (_, id) => id).slice(from, from + 2);
		const data = numbers.map((id) => ({
			id,
			name: { first: 'abcdefghijklmnopqrstuvwxyz'[id % 26], last: null },
			number: id,
		}));
		return [200, { data, end: from + 2 < count ? String(from + 2) : null }];
	};
}

test('a page is shown, and the token leads to the next', async () => {
	await serves(3);
	const first = await find(things());
	assert.deepEqual(first.results, [
		{ name: 'a 0', value: 0 },
		{ name: 'b 1', value: 1 },
	]);
	assert.deepEqual(first.asked, ['/things?limit=2']);
	const second = await find(things(), undefined, first.paginationToken);
	assert.deepEqual(second.results, [{ name: 'c 2', value: 2 }]);
	assert.deepEqual(second.asked, ['/things?limit=2&after=2']);
	assert.equal(second.paginationToken, undefined);
	const { received } = await stage;
	assert.equal(received[0].headers.authorization, `Bearer ${SECRET}`);
});

test('what is typed is looked for by us, page after page until there is something', async () => {
	await serves(9);
	const { results, asked, paginationToken } = await find(things(), ' E ');
	assert.deepEqual(results, [{ name: 'e 4', value: 4 }]);
	assert.equal(asked.length, 3);
	assert.equal(typeof paginationToken, 'string');
	assert.deepEqual((await find(things(), 'nobody')).results, []);
	await serves(100);
	const endless = await find(things(), 'nobody');
	assert.equal(endless.asked.length, 10);
	assert.equal(typeof endless.paginationToken, 'string');
});

test('what is typed is left to a server that can search', async () => {
	await serves(1);
	const { results, asked } = await find(things({ search: { parameter: 'q' } }), 'x y');
	assert.deepEqual(results, [{ name: 'a 0', value: 0 }]);
	assert.deepEqual(asked, ['/things?q=x%20y&limit=2']);
	assert.deepEqual((await find(things({ search: { parameter: 'q' } }), '')).asked, [
		'/things?limit=2',
	]);
});

test('a record without a name is called by its id, and one without an id is not shown', async () => {
	(await stage).reply = () => [200, { data: [{ id: 'x' }, { name: { first: 'N' } }, 'odd', null] }];
	const { results } = await find(things({}, undefined));
	assert.deepEqual(results, [{ name: 'x', value: 'x' }]);
});

test('a token that is none begins anew; one cannot lead to another server', async () => {
	await serves(3);
	for (const token of ['', 'x', '[]', '{"value":null}']) {
		assert.deepEqual((await find(things(), undefined, token)).asked, ['/things?limit=2']);
	}
	const links: Pagination = { items: ['data'], next: { by: 'url', url: ['next'] } };
	const evil = JSON.stringify({ value: 'http://localhost:1/x' });
	await assert.rejects(find(things({}, links), undefined, evil), /another server/);
});

test('a server’s error is shown', async () => {
	(await stage).reply = () => [403, { message: `not with ${SECRET}` }];
	await assert.rejects(find(things()), { name: 'NodeApiError', message: 'not with ***' });
});

test('a server with a grammar of its own is asked in it', async () => {
	await serves(1);
	const value = 'or(first[like]:"%{text}%",last[like]:"%{text}%")';
	const lookup = { search: { parameter: 'filter', value } };
	const { asked } = await find(things(lookup), '$& "x\\');
	const wanted = 'or(first[like]:"%$&%",last[like]:"%$&%")';
	assert.deepEqual(asked, [`/things?filter=${strict(wanted)}&limit=2`]);
	// What a record is called may come from several fields, and none of them has all of it.
	assert.deepEqual((await find(things(lookup), '0 A')).results, [{ name: 'a 0', value: 0 }]);
	assert.deepEqual((await find(things(lookup), 'a 1')).results, []);
});

/** Percent-encoded but for what RFC 3986 leaves unreserved. */
function strict(text: string): string {
	const hex = (c: string) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
	return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}
