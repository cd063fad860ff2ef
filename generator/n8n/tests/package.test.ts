/** What the node's own file takes from the runtime. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { INodeProperties } from 'n8n-workflow';

import { descriptors, listSearch, properties } from '../runtime';
import type { ResourceDescriptor } from '../runtime/descriptor';
import { request, resource, run } from './support/node';
import { Stage } from './support/server';

const stage = Stage.open();
const show = { resource: ['thing'], operation: ['act'] };
const NAME: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	displayOptions: { show },
};
const MORE: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'more',
	type: 'collection',
	default: {},
	displayOptions: { show },
	options: [{ displayName: 'Age', name: 'age', type: 'number', default: 0 }],
};

test('the selectors stand before the parameters', () => {
	const other = resource(request(), {
		resource: { value: 'other', name: 'Other', description: 'Else' },
	});
	const all = properties([resource(request(), { properties: [NAME] }), other]);
	assert.deepEqual(
		all.map(({ name }) => name),
		['resource', 'operation', 'operation', 'name'],
	);
	assert.deepEqual(all[0].options, [
		{ value: 'thing', name: 'Thing' },
		{ value: 'other', name: 'Other', description: 'Else' },
	]);
	assert.equal(all[0].default, 'thing');
	assert.deepEqual(all[2].displayOptions, { show: { resource: ['other'] } });
	assert.deepEqual(all[1].options, [{ name: 'Act', value: 'act', action: 'Act on a thing' }]);
	assert.equal(all[1].default, 'act');
	assert.ok(all.slice(0, 3).every(({ noDataExpression }) => noDataExpression));
});

test('descriptors of another version are refused when the node is loaded', () => {
	const file = resource(request());
	assert.deepEqual(descriptors([file]), [file]);
	for (const odd of [{ ...file, schemaVersion: 2 }, {}, null]) {
		assert.throws(() => descriptors([file, odd]), /generate and build the package again/);
	}
});

test('a resource without a list, or without its operation, has no list search', () => {
	const lookup = { method: 'searchThings', operation: 'act', value: ['id'], label: [] };
	const names = (of: ResourceDescriptor) => Object.keys(listSearch([of], { testApi: [] }));
	assert.deepEqual(names(resource(request(), { lookup })), ['searchThings']);
	assert.deepEqual(names(resource(request())), []);
	assert.deepEqual(names(resource(request(), { lookup: { ...lookup, operation: 'gone' } })), []);
});

test('what the editor fills in is sent as the form shows it', async () => {
	const { url, received } = await stage;
	const body = {
		mediaType: 'application/json',
		encoding: 'json' as const,
		shape: {
			merge: [
				{ object: { name: 'text' as const } },
				{ at: ['more'], shape: { object: { age: 'number' as const } } },
			],
		},
	};
	const act = resource(request({ method: 'POST', body }), { properties: [NAME, MORE] });
	const edited = async (parameters: Record<string, unknown>) => {
		received.length = 0;
		await run(act, { baseUrl: url, parameters, asEdited: true });
		return received[0].body.toString();
	};
	assert.equal(await edited({}), '{"name":""}');
	assert.equal(await edited({ name: '={{ "N" }}', more: { age: 0 } }), '{"age":0,"name":"N"}');
});
