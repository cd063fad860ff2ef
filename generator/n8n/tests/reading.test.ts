/** What a value of the node's parameters becomes in a JSON body. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Shape } from '../runtime/descriptor';
import { request, resource, run, type Setting } from './support/node';
import { Stage } from './support/server';

const stage = Stage.open();

async function sent(shape: Shape, parameters: Record<string, unknown>, more: Setting = {}) {
	const { url, received } = await stage;
	received.length = 0;
	const body = { mediaType: 'application/json', encoding: 'json' as const, shape };
	const act = resource(request({ method: 'POST', body }), {
		shapes: { note: { object: { text: 'text', replies: { rows: { use: 'note' } } } } },
	});
	const outcome = await run(act, { baseUrl: url, parameters, ...more });
	if (outcome.error !== undefined) return `${outcome.error.name}: ${outcome.error.message}`;
	return received[0].body.toString();
}

/** Checks what is sent for values of one parameter; `''` is no body. */
async function check(shape: Shape, cases: Array<[unknown, string]>, more: Setting = {}) {
	for (const [value, expected] of cases) {
		const found = await sent({ at: ['value'], shape }, { value }, more);
		assert.equal(found, expected, `${JSON.stringify(shape)} of ${String(value)}`);
	}
}

const refused = (expected: string, found: string) =>
	`NodeOperationError: value: expected ${expected}, got ${found}`;

test('text is sent as it is, also when it is empty', () =>
	check('text', [
		['a', '"a"'],
		['', '""'],
		['={{ 5 }}', '"5"'],
		['={{ true }}', '"true"'],
		['={{ null }}', 'null'],
		['={{ undefined }}', ''],
		['={{ [1] }}', refused('text', 'a list')],
	]));

test('an option is sent as the value it is', () =>
	check('option', [
		['open', '"open"'],
		['', ''],
		[3, '3'],
		[false, 'false'],
		['={{ null }}', 'null'],
		['={{ ({a: 1}) }}', refused('one of the options', 'an object')],
	]));

test('numbers may come as text', () =>
	check('number', [
		[0, '0'],
		[-1.5, '-1.5'],
		['', ''],
		['={{ "12.5" }}', '12.5'],
		['={{ " 7 " }}', '7'],
		['={{ "1e3" }}', '1000'],
		['={{ "0x10" }}', refused('a number', '"0x10"')],
		['={{ "twelve" }}', refused('a number', '"twelve"')],
		['={{ true }}', refused('a number', 'true')],
		['={{ NaN }}', refused('a number', 'NaN')],
	]));

test('text that may be a number or a boolean is one where it can be', async () => {
	await check('textOrNumber', [
		['5', '5'],
		['-1.5', '-1.5'],
		['', ''],
		['007', '"007"'],
		['true', '"true"'],
		['"5"', '"\\"5\\""'],
		['9007199254740993', '"9007199254740993"'],
		['={{ 5 }}', '5'],
		['={{ true }}', '"true"'],
		['={{ null }}', 'null'],
		['={{ [1] }}', refused('text', 'a list')],
	]);
	await check('textOrBoolean', [
		['false', 'false'],
		['5', '"5"'],
		['no', '"no"'],
	]);
	await check('textOrScalar', [
		['false', 'false'],
		['5', '5'],
		['{"a":1}', '"{\\"a\\":1}"'],
	]);
});

test('a whole number has no fraction and is not rounded', () =>
	check('integer', [
		[5, '5'],
		['={{ "9007199254740991" }}', '9007199254740991'],
		['={{ "9007199254740993" }}', '9007199254740993'],
		['={{ "-0018446744073709551615" }}', '-18446744073709551615'],
		[1.5, refused('a whole number', '1.5')],
		['={{ "1e30" }}', refused('a whole number', '"1e30"')],
		['x', refused('a whole number', '"x"')],
	]));

test('one value is sent as itself, and several as a list', async () => {
	await check({ oneOrMany: 'text' }, [
		['a', '"a"'],
		['["a"]', '["a"]'],
		['["a",5]', '["a","5"]'],
		['[a', '"[a"'],
		['={{ ["a", "b"] }}', '["a","b"]'],
		['={{ [] }}', '[]'],
		['={{ null }}', 'null'],
	]);
	await check({ oneOrMany: 'integer' }, [
		['5', '5'],
		['[5, 9007199254740993]', '[5,9007199254740993]'],
		['', ''],
		['["x"]', 'NodeOperationError: value > #1: expected a whole number, got "x"'],
	]);
	await check({ oneOrMany: 'option' }, [
		[['a', 'b'], '["a","b"]'],
		['={{ "a" }}', '"a"'],
	]);
});

test('booleans may come as text', () =>
	check('boolean', [
		[false, 'false'],
		[true, 'true'],
		['={{ "False" }}', 'false'],
		['true', 'true'],
		['', ''],
		['yes', refused('true or false', '"yes"')],
		[1, refused('true or false', '1')],
	]));

test('a time is written with its zone, the workflow’s where it names none', () =>
	check('dateTime', [
		['2026-01-31T09:30:00', '"2026-01-31T09:30:00+01:00"'],
		['2026-07-31 09:30:00', '"2026-07-31T09:30:00+02:00"'],
		['2026-01-31', '"2026-01-31T00:00:00+01:00"'],
		['2026-01-31T09:30:00.123456Z', '"2026-01-31T09:30:00.123456Z"'],
		['2026-01-31T09:30:00-05:00', '"2026-01-31T09:30:00-05:00"'],
		['={{ DateTime.fromISO("2026-01-31T09:30:00Z", {zone: "utc"}) }}', '"2026-01-31T09:30:00Z"'],
		['={{ new Date(0) }}', '"1970-01-01T01:00:00+01:00"'],
		['', ''],
		['={{ null }}', 'null'],
		['tomorrow', refused('a date and time (2026-01-31T09:30:00Z)', '"tomorrow"')],
		[5, refused('a date and time (2026-01-31T09:30:00Z)', '5')],
	]));

test('a date is the day that is written', () =>
	check('date', [
		['2026-01-31T23:30:00', '"2026-01-31"'],
		['2026-01-31T23:30:00-05:00', '"2026-01-31"'],
		['2026-01-31', '"2026-01-31"'],
		['={{ new Date("2026-01-31T23:30:00Z") }}', '"2026-02-01"'],
		['={{ DateTime.fromISO("2026-01-31T23:30:00Z", {zone: "utc"}) }}', '"2026-01-31"'],
		['', ''],
		['2026-13-01', refused('a date (2026-01-31)', '"2026-13-01"')],
	]));

test('JSON may be text or a value', () =>
	check('json', [
		['{"b":1,"a":[null]}', '{"b":1,"a":[null]}'],
		['={{ ({b: 1, a: [true]}) }}', '{"b":1,"a":[true]}'],
		['={{ [1, "x"] }}', '[1,"x"]'],
		[5, '5'],
		['"text"', '"text"'],
		['null', 'null'],
		[' ', ''],
		['{}', '{}'],
		['{"key":"secret"', refused('JSON', 'something else')],
		[
			'{"n":9007199254740991,"t":"9007199254740993 \\" 9007199254740993"}',
			'{"n":9007199254740991,"t":"9007199254740993 \\" 9007199254740993"}',
		],
		[
			'{"n":[-9007199254740993],"f":9007199254740993.5}',
			'{"n":[-9007199254740993],"f":9007199254740994}',
		],
		['{9007199254740993:1}', refused('JSON', 'something else')],
		['={{ ({n: "9007199254740993"}) }}', '{"n":"9007199254740993"}'],
	]));

test('an id is taken out of a locator in each of its modes', async () => {
	const id = '20202020-e10a-4c27-a90b-b08c57b02d45';
	const other = '10101010-e10a-4c27-a90b-b08c57b02d45';
	const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });
	await check('id', [
		['7', '"7"'],
		['', ''],
		[locator('id', '7'), '"7"'],
		[locator('list', 7), '7'],
		[locator('list', ''), ''],
		[locator('list', null), ''],
		[locator('url', `https://app.example.com/${other}/people/${id}?tab=1`), `"${id}"`],
		[locator('url', 'https://app.example.com/people/a%20b/?x=/y#z'), '"a b"'],
		[locator('url', `https://${id}.example.com/people/12?tab=${id}#${id}`), '"12"'],
		[locator('url', 'https://app.example.com'), ''],
		[locator('id', '={{ "x" + 1 }}'), '"x1"'],
		['={{ true }}', refused('an ID', 'true')],
	]);
	assert.equal(
		await sent({ at: ['a', 'b'], shape: 'id' }, { a: { b: locator('url', id) } }),
		`"${id}"`,
	);
	assert.equal(await sent({ at: ['a'], shape: 'text' }, { a: locator('id', 'x') }), '"x"');
});

test('an object has the members that were added, by their wire names', async () => {
	const shape: Shape = {
		at: ['fields'],
		shape: {
			object: {
				age: 'number',
				first_name: { name: 'firstName', shape: 'text' },
				home: { object: { city: 'text', zip: 'option' } },
			},
		},
	};
	const check = async (fields: unknown, expected: string) =>
		assert.equal(await sent(shape, { fields }), expected);
	await check(
		{ firstName: 'A', age: 0, home: { city: '', zip: '' } },
		'{"age":0,"first_name":"A","home":{"city":""}}',
	);
	await check({ home: {} }, '{"home":{}}');
	await check({ age: '={{ null }}', firstName: '={{ undefined }}' }, '{"age":null}');
	await check({ first_name: 'not a parameter' }, '');
	await check({}, '');
	await check('={{ JSON.stringify({age: 3}) }}', '{"age":3}');
	await check('={{ [1] }}', 'NodeOperationError: fields: expected an object, got a list');
	await check(
		{ home: { city: ['x'] } },
		'NodeOperationError: fields > home > city: expected text, got a list',
	);
	assert.equal(await sent(shape, {}), '');
});

test('keys that objects inherit are plain keys', async () => {
	const shape: Shape = {
		at: ['fields'],
		shape: {
			object: JSON.parse('{"__proto__":"text","constructor":"text"}') as Record<string, Shape>,
		},
	};
	assert.equal(await sent(shape, { fields: {} }), '');
	assert.equal(await sent(shape, { fields: { constructor: 'c' } }), '{"constructor":"c"}');
	const map: Shape = { at: ['map'], shape: { map: 'text' } };
	const rows = [
		{ key: '__proto__', value: 'p' },
		{ key: 'toString', value: 's' },
	];
	assert.equal(await sent(map, { map: { rows } }), '{"__proto__":"p","toString":"s"}');
});

test('a list takes an array, one value, or JSON text', () =>
	check({ list: 'option' }, [
		[['a', 'b'], '["a","b"]'],
		[[], '[]'],
		['={{ "a" }}', '["a"]'],
		['={{ "[1,2]" }}', '[1,2]'],
		['', ''],
		[['a', ''], '["a"]'],
		['={{ null }}', 'null'],
		['={{ [["x"]] }}', 'NodeOperationError: value > #1: expected one of the options, got a list'],
	]));

test('rows are read each, and blank ones left out', async () => {
	await check({ rows: { object: { url: 'text', size: 'number' } } }, [
		[{ rows: [{ url: 'a', size: 1 }, { url: 'b' }] }, '[{"url":"a","size":1},{"url":"b"}]'],
		[{ rows: [] }, '[]'],
		[{}, ''],
		['={{ [{url: "x"}] }}', '[{"url":"x"}]'],
		['x', refused('rows', '"x"')],
	]);
	await check({ rows: { at: ['value'], shape: 'option' } }, [
		[{ rows: [{ value: 'a' }, { value: '' }, {}] }, '["a"]'],
	]);
});

test('a map is made of keys and values', () =>
	check({ map: 'number' }, [
		[
			{
				rows: [
					{ key: 'a', value: 1 },
					{ key: '', value: '' },
					{ key: 'b', value: '' },
					{ key: '_', value: 2 },
				].reverse(),
			},
			'{"_":2,"a":1}',
		],
		[
			{ rows: [{ key: '', value: 2 }] },
			'NodeOperationError: value > #1 > key: expected a name for the value, got nothing',
		],
		[
			{
				rows: [
					{ key: 'a', value: 1 },
					{ key: 'a', value: 2 },
				],
			},
			'NodeOperationError: value: expected "a" only once, got it twice',
		],
		[{}, ''],
		[
			{ rows: [{ key: 'a', value: 'x' }] },
			'NodeOperationError: value > #1 > value: expected a number, got "x"',
		],
	]));

test('members of several places become one object, in the order of their names, then the others', async () => {
	const shape: Shape = {
		merge: [
			{ object: { name: 'text', id: 'option' } },
			{ at: ['more'], shape: { object: { age: 'number', zip: 'text' } } },
			{ at: ['custom'], shape: { map: 'text' } },
		],
	};
	const parameters = {
		name: 'N',
		id: 'i',
		more: { zip: 'z', age: 1 },
		custom: {
			rows: [
				{ key: 'b', value: 'B' },
				{ key: 'a', value: 'A' },
			],
		},
	};
	const expected = '{"age":1,"id":"i","name":"N","zip":"z","a":"A","b":"B"}';
	assert.equal(await sent(shape, parameters), expected);
	const again = { ...parameters, custom: { rows: [{ key: 'zip', value: 'other' }] } };
	assert.equal(
		await sent(shape, again),
		'NodeOperationError: custom: expected "zip" only once, got it twice',
	);
	assert.equal(await sent(shape, { name: '' }), '{"name":""}');
});

test('members in JSON stand beside those of the form, and instead of the same ones', async () => {
	const shape: Shape = {
		merge: [
			{ object: { name: 'text' } },
			{ at: ['more'], shape: { object: { age: 'number', tags: { list: 'text' } } } },
			{ at: ['custom'], shape: { map: 'text' } },
			{ at: ['options', 'bodyJson'], shape: 'json' },
		],
	};
	const parameters = {
		name: 'N',
		more: { age: 1, tags: ['a'] },
		custom: { rows: [{ key: 'b', value: 'B' }] },
		options: { bodyJson: '={{ ({ tags: null, b: 2, city: { zip: [] } }) }}' },
	};
	const expected = '{"age":1,"city":{"zip":[]},"name":"N","tags":null,"b":2}';
	assert.equal(await sent(shape, parameters), expected);
	assert.equal(await sent(shape, { name: '', options: { bodyJson: '' } }), '{"name":""}');
	assert.equal(
		await sent(shape, { name: '', options: { bodyJson: '[1]' } }),
		'NodeOperationError: options > bodyJson: expected an object, got a list',
	);
});

test('a constant is sent without an input', async () => {
	const shape: Shape = { object: { name: 'text', op: { constant: '=' } } };
	assert.equal(await sent(shape, { name: 'N' }), '{"name":"N","op":"="}');
	assert.equal(
		await sent({ at: ['value'], shape: { rows: shape } }, { value: { rows: [{}] } }),
		'[{"op":"="}]',
	);
});

test('a number is the id of a chosen record', () =>
	check('integer', [
		[{ __rl: true, mode: 'list', value: 7 }, '7'],
		[{ __rl: true, mode: 'id', value: '8' }, '8'],
		[{ __rl: true, mode: 'url', value: 'https://example.com/servers/9/' }, '9'],
		[{ __rl: true, mode: 'list', value: '' }, ''],
	]));

test('a parameter chooses the shape', async () => {
	const shape: Shape = {
		choose: 'kind',
		among: { one: { at: ['number'], shape: 'number' }, other: { object: { text: 'text' } } },
	};
	assert.equal(await sent(shape, { kind: 'one', number: 1, text: 't' }), '1');
	assert.equal(await sent(shape, { kind: 'other', number: 1, text: 't' }), '{"text":"t"}');
	assert.equal(await sent(shape, { number: 1 }), '');
	assert.equal(await sent(shape, { kind: '', number: 1 }), '');
	const wrong = 'NodeOperationError: kind: expected one of one, other, got "toString"';
	assert.equal(await sent(shape, { kind: 'toString' }), wrong);
});

test('a shape with a name may refer to itself', async () => {
	const note = {
		text: 'a',
		replies: { rows: [{ text: 'b' }, { text: 'c', replies: { rows: [] } }] },
	};
	const expected = '{"text":"a","replies":[{"text":"b"},{"text":"c","replies":[]}]}';
	assert.equal(await sent({ at: ['note'], shape: { use: 'note' } }, { note }), expected);
});

test('the name of a parameter in a message is its label', async () => {
	const { url } = await stage;
	const act = resource(
		request({
			method: 'POST',
			body: {
				mediaType: 'application/json',
				encoding: 'json',
				shape: {
					at: ['more'],
					shape: { object: { links: { rows: { object: { size: 'number' } } } } },
				},
			},
		}),
		{
			properties: [
				{
					displayName: 'Additional Fields',
					name: 'more',
					type: 'collection',
					default: {},
					displayOptions: { show: { resource: ['thing'], operation: ['act'] } },
					options: [
						{
							displayName: 'Links',
							name: 'links',
							type: 'fixedCollection',
							default: {},
							options: [
								{
									displayName: 'Link',
									name: 'rows',
									values: [{ displayName: 'Link Size', name: 'size', type: 'number', default: 0 }],
								},
							],
						},
					],
				},
			],
		},
	);
	const parameters = { more: { links: { rows: [{ size: 1 }, { size: 'x' }] } } };
	const { error } = await run(act, { baseUrl: url, parameters, items: [{ json: {} }] });
	assert.equal(
		error?.message,
		'Additional Fields > Links > #2 > Link Size: expected a number, got "x"',
	);
	assert.equal(error?.context.itemIndex, 0);
});
