/** Which event a delivery is about. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { TriggerDescriptor } from '../runtime/descriptor';
import { eventOf } from '../runtime/events';

const descriptor: TriggerDescriptor = {
	schemaVersion: 1,
	kinds: [
		{
			key: { header: 'X-Hub-Event', body: ['action'] },
			events: { 'issues.opened': 'issueOpened', push: 'push' },
		},
	],
	properties: [],
};

const told = (header: string | undefined, body: unknown) => {
	const headers = header === undefined ? {} : { 'x-hub-event': header };
	const { name, option } = eventOf(descriptor, { headers, query: {}, body });
	return [name, option];
};

test('a header and the body make one name', () => {
	assert.deepEqual(told('issues', { action: 'opened' }), ['issues.opened', 'issueOpened']);
	assert.deepEqual(told('push', {}), ['push', 'push']);
	assert.deepEqual(told('issues', { action: 'pinned' }), ['issues.pinned', undefined]);
	assert.deepEqual(told(undefined, { action: 'opened' }), [undefined, undefined]);
});
