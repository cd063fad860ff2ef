/** What becomes of an answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Request, ResponseReading } from '../runtime/descriptor';
import { request, resource, run, type Setting } from './support/node';
import { Stage, type Reply } from './support/server';

const stage = Stage.open();

async function receive(
	response: Partial<ResponseReading>,
	reply: Reply,
	setting: Setting = {},
	of: Partial<Request> = {},
) {
	const host = await stage;
	host.reply = () => reply;
	const reading: ResponseReading = { accept: 'application/json', as: 'json', ...response };
	return await run(resource(request({ response: reading, ...of })), {
		baseUrl: host.url,
		...setting,
	});
}

test('the envelope is opened; a list becomes an item for each record', async () => {
	const one = await receive({ data: ['data', 'thing'] }, [201, { data: { thing: { id: 1 } } }]);
	assert.deepEqual(one.items, [{ json: { id: 1 }, pairedItem: { item: 0 } }]);
	const list = [{ id: 1 }, { id: 2 }];
	const many = await receive({ data: ['data'], list: true }, [200, { data: list }], {
		items: [{ json: {} }, { json: {} }],
	});
	assert.deepEqual(many.json, [...list, ...list]);
	assert.deepEqual(
		many.items.map(({ pairedItem }) => pairedItem),
		[{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }],
	);
	const missing = await receive({ data: ['data'], list: true }, [200, { other: [] }]);
	assert.equal(missing.error?.message, 'There is no list at "data" of the answer');
	const nothing = await receive({ data: ['data'], list: true }, [200, { data: null }]);
	assert.deepEqual([nothing.items, nothing.error], [[], undefined]);
	const closed = await receive({ data: ['data', 'thing'] }, [200, { id: 3 }]);
	assert.deepEqual(closed.json, [{ id: 3 }]);
	const body = await receive({ list: true }, [200, [{ id: 1 }, 'x', null]]);
	assert.deepEqual(body.json, [{ id: 1 }, { data: 'x' }, { data: null }]);
	const none = await receive({ list: true }, [200, []]);
	assert.deepEqual(none.items, []);
	const scalar = await receive({}, [200, '5']);
	assert.deepEqual(scalar.json, [{ data: 5 }]);
});

test('Simplify leaves the members that matter', async () => {
	const record = { id: 1, name: 'N', huge: [1, 2, 3] };
	const simplify = ['name', 'id', 'absent', 'toString'];
	const on = await receive({ simplify }, [200, record], { parameters: { simplify: true } });
	assert.deepEqual(on.json, [{ name: 'N', id: 1 }]);
	assert.deepEqual(Object.keys(on.items[0].json), ['name', 'id']);
	const off = await receive({ simplify }, [200, record], { parameters: { simplify: false } });
	assert.deepEqual(off.json, [record]);
	const other = await receive({}, [200, record], { parameters: { simplify: true } });
	assert.deepEqual(other.json, [record]);
	const pagination: Request['pagination'] = { items: [], next: { by: 'link' } };
	const paged = await receive(
		{ simplify, list: true },
		[200, [record]],
		{ parameters: { simplify: true } },
		{ pagination },
	);
	assert.deepEqual(paged.json, [{ name: 'N', id: 1 }]);
});

test('the output of a delete says what was deleted', async () => {
	const of: Partial<Request> = {
		method: 'DELETE',
		path: ['/things/', { parameter: 'id' }],
		parameters: [{ in: 'path', name: 'id', shape: { at: ['thing'], shape: 'id' } }],
	};
	const setting = { parameters: { thing: { __rl: true, mode: 'id', value: 'x7' } } };
	const deleted = { id: 'id' };
	const gone = await receive({ deleted, as: 'nothing' }, [204], setting, of);
	assert.deepEqual(gone.json, [{ deleted: true, id: 'x7' }]);
	const empty = await receive({ deleted, data: ['data'] }, [200, ''], setting, of);
	assert.deepEqual(empty.json, [{ deleted: true, id: 'x7' }]);
	const record = await receive(
		{ deleted, data: ['data'] },
		[200, { data: { id: 'x7', name: 'N' } }],
		setting,
		of,
	);
	assert.deepEqual(record.json, [{ deleted: true, id: 'x7', name: 'N' }]);
	const unnamedRecord = await receive({ deleted }, [200, { success: true }], setting, of);
	assert.deepEqual(unnamedRecord.json, [{ deleted: true, id: 'x7', success: true }]);
	const many = await receive(
		{ deleted: {}, list: true },
		[200, [{ id: 1 }, { id: 2 }]],
		setting,
		of,
	);
	assert.deepEqual(many.json, [
		{ deleted: true, id: 1 },
		{ deleted: true, id: 2 },
	]);
	const unnamed = await receive({ deleted: {}, as: 'nothing' }, [204], setting, of);
	assert.deepEqual(unnamed.json, [{ deleted: true }]);
});

test('an answer without a body is a success', async () => {
	assert.deepEqual((await receive({}, [204])).json, [{ success: true }]);
	assert.deepEqual((await receive({ as: 'nothing' }, [200, { noise: 1 }])).json, [
		{ success: true },
	]);
	assert.deepEqual((await receive({ data: ['data'] }, [200, 'null'])).json, [{ success: true }]);
	assert.deepEqual((await receive({ as: 'binary' }, [204])).items, [
		{ json: { success: true }, pairedItem: { item: 0 } },
	]);
});

test('text stays text', async () => {
	const { json } = await receive({ as: 'text' }, [
		200,
		'{"not": "read"} ü',
		{ 'content-type': 'text/plain' },
	]);
	assert.deepEqual(json, [{ data: '{"not": "read"} ü' }]);
});

test('text is read in the charset that it names', async () => {
	const text = async (bytes: Buffer, charset: string) => {
		const type = { 'content-type': `text/csv; charset=${charset}` };
		return (await receive({ as: 'text' }, [200, bytes, type])).json;
	};
	assert.deepEqual(await text(Buffer.from('Zürich', 'latin1'), 'iso-8859-1'), [{ data: 'Zürich' }]);
	assert.deepEqual(await text(Buffer.from('\ufeffZürich'), '"utf-8"'), [{ data: 'Zürich' }]);
	assert.deepEqual(await text(Buffer.from('Zürich'), 'unknown'), [{ data: 'Zürich' }]);
});

test('another media type is asked for and read as what it is', async () => {
	const response = {
		data: ['data'],
		list: true as const,
		others: { 'image/png': 'binary' as const, 'text/plain': 'text' as const },
	};
	const ask = async (responseMediaType: string, body: string) => {
		const parameters = { options: { responseMediaType } };
		const { json, items } = await receive(response, [200, body], { parameters });
		const accept = (await stage).received.pop()?.headers.accept;
		return [accept, json, Object.keys(items[0]?.binary ?? {})];
	};
	const list = '{"data":[{"a":1}]}';
	assert.deepEqual(await ask('application/json', list), ['application/json', [{ a: 1 }], []]);
	assert.deepEqual(await ask('', list), ['application/json', [{ a: 1 }], []]);
	assert.deepEqual(await ask('image/png', 'x'), ['image/png', [{}], ['data']]);
	assert.deepEqual(await ask('text/plain', 'x'), ['text/plain', [{ data: 'x' }], []]);
	assert.deepEqual(await ask('image/x', 'x'), ['image/x', [{}], ['data']]);
});

test('an empty file is a file', async () => {
	const { items } = await receive({ as: 'binary' }, [200, '', { 'content-type': 'image/png' }]);
	assert.deepEqual(Object.keys(items[0].binary ?? {}), ['data']);
});

test('a page of HTML in place of JSON is an error', async () => {
	const { error } = await receive({}, [200, '<html>', { 'content-type': 'text/html' }]);
	assert.equal(error?.message, 'The server did not answer with JSON but with text/html');
	assert.equal(error?.httpCode, '200');
	assert.equal(error?.context.itemIndex, 0);
});

test('a file has its bytes, its name and its type', async () => {
	const bytes = Buffer.from([137, 80, 0, 255, 10]);
	const file = async (headers: Record<string, string>, setting: Setting = {}, path = '/file') => {
		const { items, error } = await receive(
			{ as: 'binary', accept: '*/*' },
			[200, bytes, headers],
			setting,
			{ path: [path] },
		);
		assert.equal(error, undefined);
		return items[0].binary ?? {};
	};
	const image = { 'content-type': 'image/png; x=y' };
	const { data } = await file({
		...image,
		'content-disposition': 'attachment; filename="a \\"b\\".png"',
	});
	assert.deepEqual(Buffer.from(data.data, 'base64'), bytes);
	assert.deepEqual([data.fileName, data.mimeType], ['a "b".png', 'image/png']);
	const name = async (disposition: string, path?: string) =>
		(await file({ ...image, 'content-disposition': disposition }, {}, path)).data.fileName;
	assert.equal(await name("attachment; filename=x.png; filename*=UTF-8''%C3%BC.png"), 'ü.png');
	assert.equal(await name('attachment; filename="../../etc/pass.txt"'), 'pass.txt');
	const bytesOf = (file: string) =>
		Buffer.from(`attachment; filename="${file}"`).toString('latin1');
	assert.equal(await name(bytesOf('Ü.png')), 'Ü.png');
	assert.equal(await name('attachment; filename="\u00dc.png"'), 'Ü.png');
	assert.equal(await name('attachment; filename="C:\\\\dir\\\\x.txt"'), 'x.txt');
	assert.equal(await name("attachment; filename*=UTF-8''..%2F..%2Fx.txt"), 'x.txt');
	assert.equal(await name('inline', '/files/r%20a.pdf?x=/y.z'), 'r a.pdf');
	assert.equal(await name('inline', '/files/7'), undefined);
	const named = await file(image, { parameters: { binaryPropertyName: 'photo' } });
	assert.deepEqual(Object.keys(named), ['photo']);
	const blank = await file(image, { parameters: { binaryPropertyName: '' } });
	assert.deepEqual(Object.keys(blank), ['data']);
});
