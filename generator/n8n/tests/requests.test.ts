/** Paths, queries, headers, cookies and bodies, as they are on the wire. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Body, Parameter, Request } from '../runtime/descriptor';
import { request, resource, run, withFile, type Setting } from './support/node';
import { Stage } from './support/server';

const stage = Stage.open();

async function send(of: Partial<Request>, setting: Setting = {}) {
	const { url, received } = await stage;
	received.length = 0;
	const outcome = await run(resource(request(of)), { baseUrl: url, ...setting });
	return { ...outcome, sent: received[0] };
}

const json = (name: string): Parameter['shape'] => ({ at: [name], shape: 'json' });

/** The target for one parameter `p`, or the message. */
async function target(of: Partial<Parameter>, value: unknown): Promise<string> {
	const parameter: Parameter = { in: 'query', name: 'p', shape: json('p'), ...of };
	const path = parameter.in === 'path' ? ['/x/', { parameter: 'p' }, '/y'] : ['/x'];
	const { sent, error } = await send(
		{ path, parameters: [parameter] },
		{ parameters: { p: typeof value === 'string' ? JSON.stringify(value) : value } },
	);
	return error?.message ?? sent.target;
}

const LIST = ['a', 'b c'];
const OBJECT = { x: 1, y: 'ü' };

test('a query is written in each style', async () => {
	const cases: Array<[Partial<Parameter>, unknown, string]> = [
		[{}, LIST, 'p=a&p=b%20c'],
		[{ explode: false }, LIST, 'p=a,b%20c'],
		[{}, OBJECT, 'x=1&y=%C3%BC'],
		[{ explode: false }, OBJECT, 'p=x,1,y,%C3%BC'],
		[{ style: 'spaceDelimited' }, LIST, 'p=a%20b%20c'],
		[{ style: 'pipeDelimited' }, LIST, 'p=a%7Cb%20c'],
		[{ style: 'tabDelimited' }, LIST, 'p=a%09b%20c'],
		[{ style: 'pipeDelimited', explode: true }, LIST, 'p=a&p=b%20c'],
		[{ style: 'deepObject' }, OBJECT, 'p%5Bx%5D=1&p%5By%5D=%C3%BC'],
		[
			{ style: 'deepObject' },
			{ a: { b: [1, 2] }, c: [{ d: true }] },
			'p%5Ba%5D%5Bb%5D%5B%5D=1&p%5Ba%5D%5Bb%5D%5B%5D=2&p%5Bc%5D%5B0%5D%5Bd%5D=true',
		],
		[{ style: 'deepObject' }, LIST, 'p%5B%5D=a&p%5B%5D=b%20c'],
		[{ name: 'p[]' }, [1], 'p%5B%5D=1'],
		[{ content: 'application/json' }, { a: [1] }, 'p=%7B%22a%22%3A%5B1%5D%7D'],
		[{}, '', 'p='],
		[
			{},
			"-._~!*'()&=+ /?#%[]\u{1F600}\u0000",
			'p=-._~%21%2A%27%28%29%26%3D%2B%20%2F%3F%23%25%5B%5D%F0%9F%98%80%00',
		],
		[{ allowReserved: true }, "a:/?@!$()*,;=&'# %41%4", 'p=a:/?@!$()*,;=%26%27%23%20%41%254'],
	];
	for (const [parameter, value, expected] of cases) {
		assert.equal(await target(parameter, value), `/x?${expected}`, JSON.stringify(parameter));
	}
	assert.equal(await target({}, []), '/x');
	assert.equal(await target({}, {}), '/x');
	assert.equal(await target({}, null), '/x');
	assert.equal(await target({}, [null, 1]), '/x?p=1');
	assert.equal(await target({}, { a: null, b: 1 }), '/x?b=1');
	assert.match(await target({ explode: false }, [[1]]), /expected text, numbers or true and false/);
});

test('a path is written in each style', async () => {
	const cases: Array<[Partial<Parameter>, unknown, string]> = [
		[{}, 'a/b?c', 'a%2Fb%3Fc'],
		[{}, LIST, 'a,b%20c'],
		[{}, OBJECT, 'x,1,y,%C3%BC'],
		[{ explode: true }, OBJECT, 'x=1,y=%C3%BC'],
		[{ style: 'label' }, 'a', '.a'],
		[{ style: 'label', explode: true }, LIST, '.a.b%20c'],
		[{ style: 'label' }, LIST, '.a,b%20c'],
		[{ style: 'matrix' }, 5, ';p=5'],
		[{ style: 'matrix' }, '', ';p'],
		[{ style: 'matrix' }, LIST, ';p=a,b%20c'],
		[{ style: 'matrix', explode: true }, LIST, ';p=a;p=b%20c'],
		[{ style: 'matrix', explode: true }, OBJECT, ';x=1;y=%C3%BC'],
		[{ style: 'matrix' }, OBJECT, ';p=x,1,y,%C3%BC'],
		[{}, '...', '...'],
		[{}, '%2e%2e', '%252e%252e'],
	];
	for (const [parameter, value, expected] of cases) {
		assert.equal(await target({ in: 'path', ...parameter }, value), `/x/${expected}/y`);
	}
});

test('a path value that would lead elsewhere is refused', async () => {
	for (const value of ['..', '.']) {
		const message = await target({ in: 'path' }, value);
		assert.equal(message, `p: expected a value that leads to no other path, got "${value}"`);
	}
	for (const value of ['', null, []]) {
		assert.equal(await target({ in: 'path' }, value), 'p: expected a value, got nothing');
	}
	assert.equal((await stage).received.length, 0);
});

test('what is required and not set is refused by its name', async () => {
	const parameters: Parameter[] = [
		{ in: 'query', name: 'q', shape: { at: ['more', 'q'], shape: 'option' }, required: true },
	];
	const { error } = await send({ parameters }, { parameters: { more: { q: '' } } });
	assert.equal(error?.message, 'more > q: expected a value, got nothing');
});

test('headers and cookies carry values as they are, and no line breaks', async () => {
	const parameters: Parameter[] = [
		{ in: 'header', name: 'X-List', shape: json('list') },
		{ in: 'header', name: 'X-Text', shape: { at: ['text'], shape: 'text' } },
		{ in: 'cookie', name: 'c', shape: json('list') },
		{ in: 'cookie', name: 'd[', shape: { at: ['text'], shape: 'text' } },
	];
	const values = { list: ['a', 1], text: 'ü "%;' };
	const { sent } = await send({ parameters }, { parameters: values });
	assert.equal(sent.headers['x-list'], 'a,1');
	assert.equal(Buffer.from(String(sent.headers['x-text']), 'latin1').toString(), 'ü "%;');
	assert.equal(sent.headers.cookie, 'c=a; c=1; d[=%C3%BC%20%22%25%3B');
	for (const text of ['a\r\nx-evil: 1', 'a\nb', 'a\0b']) {
		const refused = await send({ parameters }, { parameters: { text } });
		assert.match(
			String(refused.error?.message),
			/^text: expected text without line breaks, got something else$/,
		);
		assert.equal(refused.sent, undefined);
	}
});

test('the base URL may have a path and a slash at its end; an operation may have its own', async () => {
	const { url } = await stage;
	const targetOf = async (baseUrl: string, server?: Request['server']) =>
		(await send({ path: ['/things'], server }, { baseUrl })).sent?.target;
	assert.equal(await targetOf(`${url}/rest/`), '/rest/things');
	assert.equal(await targetOf(` ${url}/rest?x=1 `), '/rest/things');
	assert.equal(await targetOf(`${url}/rest`, { url: `${url}/v3/` }), '/v3/things');
	const { error } = await send({}, { baseUrl: 'example.com' });
	assert.equal(error?.message, "The credential's base URL must begin with https:// or http://");
});

test('an operation’s own server gets no credential that is for another installation', async () => {
	const { url } = await stage;
	const beside = 'https://api.example.com/v1';
	const known = await send({ server: { url, beside } }, { baseUrl: 'https://api.example.com' });
	assert.equal(known.sent.headers.authorization, 'Bearer sk-very-secret-0123456789');
	for (const server of [{ url, beside }, { url }]) {
		const own = await send({ server }, { baseUrl: 'https://crm.example.org' });
		assert.equal(own.sent, undefined);
		assert.match(
			String(own.error?.message),
			/the credential for https:\/\/crm\.example\.org does not belong\. Use a credential whose base URL is h/,
		);
	}
	const open = { server: { url, beside }, anonymous: true as const };
	const anonymous = await send(open, { baseUrl: 'https://crm.example.org' });
	assert.equal(anonymous.sent.headers.authorization, undefined);
});

test('credentials are sent, and not where the operation asks for none', async () => {
	const signed = await send({});
	assert.equal(signed.sent.headers.authorization, 'Bearer sk-very-secret-0123456789');
	const anonymous = await send({ anonymous: true });
	assert.equal(anonymous.sent.headers.authorization, undefined);
	assert.equal(anonymous.sent.headers.accept, 'application/json');
});

test('the credential is the one that is chosen', async () => {
	const credentials = { testApi: [], otherApi: [] };
	const chosen = await send({}, { credentials, parameters: { authentication: 'otherApi' } });
	assert.equal(chosen.sent.headers['x-credential'], 'otherApi');
	const unknown = await send({}, { credentials, parameters: { authentication: 'x' } });
	assert.equal(unknown.error?.message, 'There is no credential for the authentication "x"');
});

/** The body that is sent for a value of the parameter `value`. */
async function sendBody(body: Partial<Body>, value: unknown, setting: Setting = {}) {
	const whole: Body = {
		mediaType: 'application/json',
		encoding: 'json',
		shape: json('value'),
		...body,
	};
	const parameters = value === undefined ? {} : { value };
	const { sent, error } = await send({ method: 'POST', body: whole }, { parameters, ...setting });
	const type = String(sent?.headers['content-type']);
	return { type, text: sent?.body.toString(), bytes: sent?.body, error };
}

test('a JSON body is sent as its text, {} too where it is required', async () => {
	const text = await sendBody({}, '{"a":"ü\\ud83d\\ude00 \\u2028"}');
	assert.equal(text.text, '{"a":"ü\u{1F600} \u2028"}');
	assert.equal(text.type, 'application/json');
	for (const value of ['"a"', '5', 'false', 'null', '[]', '" "']) {
		assert.equal((await sendBody({}, value)).text, value);
	}
	const object = { at: ['value'], shape: { object: { a: 'text' as const } } };
	assert.equal((await sendBody({ shape: object, required: true }, {})).text, '{}');
	assert.equal((await sendBody({ shape: object }, {})).text, '');
	assert.equal((await sendBody({ shape: object }, {})).type, 'undefined');
	const shapes = { Rows: { at: ['value'], shape: { list: 'text' as const } } };
	const whole = {
		mediaType: 'application/json',
		encoding: 'json' as const,
		required: true as const,
	};
	const shared = request({ method: 'POST', body: { ...whole, shape: { use: 'Rows' } } });
	await run(resource(shared, { shapes }), { baseUrl: (await stage).url });
	assert.equal((await stage).received.pop()?.body.toString(), '[]');
	const rows = { at: ['value'], shape: { rows: object } };
	assert.equal((await sendBody({ shape: rows, required: true }, {})).text, '[]');
	const typed = async (mediaType: string) => (await sendBody({ mediaType }, '1')).type;
	assert.equal(await typed('application/merge-patch+json'), 'application/merge-patch+json');
	assert.equal(await typed('application/json; charset=utf-8'), 'application/json');
	assert.equal(await typed('*/*'), 'application/json');
});

test('lines of JSON are sent as they are', async () => {
	const body = {
		mediaType: 'application/jsonl',
		encoding: 'text' as const,
		shape: { at: ['value'], shape: 'text' as const },
	};
	const lines = '{"a": 1}\n{"a": 2}';
	assert.equal((await sendBody(body, lines)).text, lines);
});

test('fields to clear are sent as null', async () => {
	const body: Partial<Body> = {
		shape: { at: ['value'], shape: { object: { a: 'text', d: 'text' } } },
		clear: ['value', 'clear'],
	};
	assert.equal(
		(await sendBody(body, { d: 'x', clear: ['c', 'a'] })).text,
		'{"a":null,"c":null,"d":"x"}',
	);
	assert.equal((await sendBody(body, { clear: ['a'] })).text, '{"a":null}');
	assert.equal((await sendBody(body, { clear: [] })).text, '');
	const both = await sendBody(body, { a: 'x', clear: ['a'] });
	assert.equal(both.error?.message, 'value > clear: expected fields without a value, got "a"');
});

test('a form has pairs, with JSON for what is nested', async () => {
	const mediaType = 'application/x-www-form-urlencoded';
	const value = {
		a: 'b c&+',
		n: null,
		l: [1, { x: 2 }],
		o: { y: [3] },
		d: { z: 1 },
		r: 'a/b',
		e: [4, 5],
		j: [6],
		x: { y: 'a/b' },
	};
	const parts: Body['parts'] = {
		d: { style: 'deepObject' },
		r: { allowReserved: true },
		e: { explode: false },
		j: { contentType: 'application/json' },
		x: { allowReserved: true },
	};
	const { text, type } = await sendBody({ mediaType, encoding: 'form', parts }, value);
	assert.equal(type, mediaType);
	const list = 'l=1&l=%7B%22x%22%3A2%7D';
	const others = 'd%5Bz%5D=1&r=a/b&e=4,5&j=%5B6%5D&y=a/b';
	assert.equal(text, `a=b%20c%26%2B&${list}&o=%7B%22y%22%3A%5B3%5D%7D&${others}`);
	const list2 = await sendBody({ mediaType, encoding: 'form' }, [1]);
	assert.equal(list2.error?.message, 'Expected an object as the body, got a list');
});

test('a multipart body has a part for each property, with its media type', async () => {
	const file = withFile('photo', Buffer.from([0, 255, 13, 10]), {
		fileName: 'a"\r\nb.png',
		mimeType: 'image/png',
	});
	const body: Partial<Body> = {
		mediaType: 'multipart/form-data',
		encoding: 'multipart',
		shape: {
			merge: [
				{ object: { title: 'text', 'na"me': 'text', tags: { list: 'text' }, empty: 'text' } },
				{ object: { data: 'json', list: 'json', file: { name: 'photo', shape: 'binary' } } },
			],
		},
		parts: { list: { contentType: 'application/json' }, title: { contentType: 'text/plain' } },
	};
	const parameters = {
		title: 'T ü',
		'na"me': 'q',
		tags: ['a', 'b'],
		empty: '={{ null }}',
		data: '{"x":1}',
		list: '[1,2]',
		photo: 'photo',
	};
	const { type, bytes } = await sendBody(body, undefined, { parameters, items: [file] });
	const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(type)?.[1] ?? '';
	const parts = bytes.toString('latin1').split(`--${boundary}`);
	assert.equal(parts.pop(), '--\r\n');
	assert.deepEqual(
		parts.slice(1).map((part) => Buffer.from(part, 'latin1').toString().slice(2, -2)),
		[
			'Content-Disposition: form-data; name="data"\r\nContent-Type: application/json\r\n\r\n{"x":1}',
			`Content-Disposition: form-data; name="file"; filename="a%22%0D%0Ab.png"\r\nContent-Type: image/png\r\n\r\n${Buffer.from([0, 255, 13, 10]).toString()}`,
			'Content-Disposition: form-data; name="list"\r\nContent-Type: application/json\r\n\r\n[1,2]',
			'Content-Disposition: form-data; name="na%22me"\r\n\r\nq',
			'Content-Disposition: form-data; name="tags"\r\n\r\na',
			'Content-Disposition: form-data; name="tags"\r\n\r\nb',
			'Content-Disposition: form-data; name="title"\r\nContent-Type: text/plain\r\n\r\nT ü',
		],
	);
	assert.ok(
		parts.join('').includes('\r\n\r\n\x00\xff\r\n\r\n'),
		'the bytes of the file are as they were',
	);
});

test('text and files are sent as they are', async () => {
	const text = {
		mediaType: 'text/plain',
		encoding: 'text' as const,
		shape: { at: ['value'], shape: 'text' as const },
	};
	const plain = await sendBody(text, '"1" ü');
	assert.deepEqual([plain.type, plain.text], ['text/plain', '"1" ü']);
	const bytes = Buffer.from([0, 200, 255, 123]);
	const binary = {
		encoding: 'binary' as const,
		shape: { at: ['value'], shape: 'binary' as const },
	};
	const setting = { items: [withFile('data', bytes, { mimeType: 'image/png' })] };
	const exact = await sendBody({ ...binary, mediaType: 'application/pdf' }, 'data', setting);
	assert.deepEqual([exact.type, exact.bytes], ['application/pdf', bytes]);
	const range = await sendBody({ ...binary, mediaType: 'image/*' }, 'data', setting);
	assert.deepEqual([range.type, range.bytes], ['image/png', bytes]);
	const chosen = async (...others: string[]) =>
		(await sendBody({ ...binary, mediaType: 'image/jpeg', others }, 'data', setting)).type;
	assert.equal(await chosen('image/gif', range.type), range.type);
	assert.equal(await chosen('*/*'), range.type);
	assert.equal(await chosen('image/gif', 'text/x'), 'image/jpeg');
	const absent = await sendBody({ ...binary, mediaType: 'image/*' }, 'nothing', setting);
	assert.equal(absent.error?.context.itemIndex, 0);
	assert.equal(absent.error?.name, 'NodeOperationError');
});

test('a required file that is left blank is refused', async () => {
	const binary = {
		encoding: 'binary' as const,
		mediaType: 'image/png',
		shape: { at: ['value'], shape: 'binary' as const },
	};
	const { error, type } = await sendBody({ ...binary, required: true }, '');
	assert.equal(error?.message, 'value: expected a file, got nothing');
	assert.equal(type, 'undefined');
	const object = { at: ['value'], shape: { object: { a: 'text' as const } } };
	const other = await sendBody({ ...binary, shape: object }, { a: 'x' });
	assert.equal(other.error?.message, 'Expected a file, got an object');
});

test('a file may be given by an expression', async () => {
	const body = {
		encoding: 'binary' as const,
		mediaType: 'image/*',
		shape: { at: ['value'], shape: 'binary' as const },
	};
	const file = Buffer.from('bytes').toString('base64');
	const given = await sendBody(body, `={{ ({ mimeType: "image/png", data: "${file}" }) }}`);
	assert.deepEqual([given.error, given.type, given.text], [undefined, 'image/png', 'bytes']);
	const without = await sendBody(body, 'data');
	assert.match(String(without.error?.message), /binary file 'data'/);
});

test('a list of a form may be JSON as a whole', async () => {
	const { text } = await sendBody(
		{
			mediaType: 'application/x-www-form-urlencoded',
			encoding: 'form',
			parts: { ids: { contentType: 'application/json' } },
		},
		{ ids: ['a', 'b'], n: ['x', 'y'] },
	);
	assert.equal(text, 'ids=%5B%22a%22%2C%22b%22%5D&n=x&n=y');
});

test('a path that leads elsewhere is laid to the parameter that does it', async () => {
	const parameters: Parameter[] = ['one', 'two'].map((name) => ({
		in: 'path',
		name: `${name}-id`,
		shape: { at: [name], shape: 'id' },
	}));
	const path = ['/', { parameter: 'one-id' }, '/', { parameter: 'two-id' }];
	const of = async (values: Record<string, string>) =>
		(await send({ path, parameters }, { parameters: values })).error?.message;
	assert.match(
		String(await of({ one: 'a', two: '..' })),
		/^two: expected a value that leads to no/,
	);
	assert.equal(await of({ one: 'a', two: '' }), 'two: expected a value, got nothing');
});

test('only the parameters of the request are read', async () => {
	const parameters: Parameter[] = [{ in: 'query', name: 'q', shape: { at: ['q'], shape: 'text' } }];
	const { sent, error } = await send(
		{ parameters },
		{ parameters: { q: 'x', unused: '={{ $("Nobody").item.json.x.y }}' } },
	);
	assert.equal(error, undefined);
	assert.equal(sent.target, '/things?q=x');
});

test('what the credential says of a parameter is sent where the node says nothing', async () => {
	const shared = (name: string, of: Partial<Parameter>): Parameter => ({
		in: 'header',
		name,
		shape: { at: ['options', name], shape: 'text' },
		credential: `${name}Parameter`,
		...of,
	});
	const parameters = [shared('account', {}), shared('region', { in: 'query' })];
	const credential = { accountParameter: ' acct_1 ', regionParameter: 'a&b' };
	const of = async (request: Partial<Request>, setting: Setting) => {
		const { sent, error } = await send(request, { credential, ...setting });
		assert.equal(error, undefined);
		return [sent.headers.account, sent.target];
	};
	assert.deepEqual(await of({ parameters }, {}), ['acct_1', '/things?region=a%26b']);
	const own = { parameters: { options: { account: 'acct_2' } } };
	assert.deepEqual(await of({ parameters }, own), ['acct_2', '/things?region=a%26b']);
	const none = { parameters: { options: { account: '={{ null }}', region: '={{ null }}' } } };
	assert.deepEqual(await of({ parameters }, none), [undefined, '/things']);
	const empty = { credential: { accountParameter: ' ', regionParameter: '' } };
	assert.deepEqual(await of({ parameters }, empty), [undefined, '/things']);
	assert.deepEqual(await of({}, {}), [undefined, '/things'], 'an operation without it');
});
