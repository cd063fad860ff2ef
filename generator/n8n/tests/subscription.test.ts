/** Subscribing through the API when a workflow is activated, and going away again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Request, Subscription, TriggerDescriptor } from '../runtime/descriptor';
import { request, SECRET } from './support/node';
import { Stage, type Received, type Reply } from './support/server';
import { descriptor, hmac, TIMED, Trigger, type Setting } from './support/trigger';

const stage = Stage.open();

const ID: Request['parameters'] = [
	{ in: 'path', name: 'id', shape: { at: ['id'], shape: 'text' }, required: true },
];
const BODY = { mediaType: 'application/json', encoding: 'json' as const, required: true as const };
const READS = { accept: 'application/json', as: 'json' as const, data: ['data'] };

/** We choose the secret, and the events are a list. */
const HOOKS: Subscription = {
	create: request({
		method: 'POST',
		path: ['/hooks'],
		body: {
			...BODY,
			shape: {
				object: {
					name: { constant: 'n8n' },
					on: { name: 'events', shape: { list: 'text' } },
					secret: 'text',
					target: { name: 'url', shape: 'text' },
				},
			},
		},
		response: READS,
	}),
	delete: request({
		method: 'DELETE',
		path: ['/hooks/', { parameter: 'id' }],
		parameters: ID,
		response: READS,
	}),
	find: request({ path: ['/hooks/', { parameter: 'id' }], parameters: ID, response: READS }),
	id: ['id'],
	url: ['target'],
	events: ['on'],
	secret: 'chosen',
};

interface Hook {
	[key: string]: unknown;
}

/** A server that keeps hooks. */
class Server {
	readonly hooks = new Map<string, Hook>();

	private made = 0;

	constructor(private readonly answers: (hook: Hook) => Hook = (hook) => hook) {}

	reply = ({ method, target, body }: Received): Reply => {
		const id = target.split('/')[2];
		if (method === 'POST') {
			const made = { id: `h${++this.made}`, ...(JSON.parse(body.toString()) as Hook) };
			this.hooks.set(made.id, made);
			return [201, { data: this.answers(made) }];
		}
		if (id === undefined) return [200, { data: [...this.hooks.values()] }];
		const hook = this.hooks.get(id);
		if (hook === undefined) return [404, { message: 'no such hook' }];
		if (method === 'DELETE') this.hooks.delete(id);
		return [200, { data: hook }];
	};
}

async function open(
	more: Partial<TriggerDescriptor> = {},
	setting: Setting = {},
	server = new Server(),
) {
	const { url, received } = await stage;
	(await stage).reply = server.reply;
	const of = descriptor({ signature: TIMED, subscription: HOOKS, ...more });
	const trigger = new Trigger(of, { baseUrl: url, ...setting });
	return { trigger, received, hooks: server.hooks };
}

const CHOSEN = { parameters: { events: ['pet.created'] } };

test('a trigger registers its URL, the events and a secret, and signs off again', async () => {
	const { trigger, received, hooks } = await open({}, CHOSEN);
	assert.equal((await trigger.checkExists()).result, false);
	assert.equal(received.length, 0, 'there is nothing to ask for');
	assert.equal((await trigger.create()).result, true);
	const [hook] = hooks.values();
	assert.deepEqual(Object.keys(hook), ['id', 'name', 'on', 'secret', 'target']);
	assert.deepEqual([hook.on, hook.target, hook.name], [['pet.created'], trigger.url, 'n8n']);
	assert.match(String(hook.secret), /^[0-9a-f]{64}$/);
	assert.equal(received[0].headers['x-credential'], 'testApi');
	assert.deepEqual(trigger.stored.registered, {
		url: trigger.url,
		events: ['pet.created'],
		ids: ['h1'],
		secrets: [hook.secret],
	});
	assert.equal((await trigger.checkExists()).result, true);
	const body = '{"type":"pet.created"}';
	const time = String(Date.now());
	const signature = hmac(String(hook.secret), `${time}:${body}`).toString('hex');
	const sent = { headers: { 'X-Signature': signature, 'X-Time': time }, body };
	assert.equal((await trigger.deliver(sent)).started, true);
	assert.equal((await trigger.checkExists()).result, true, 'a delivery changed nothing');
	assert.equal((await trigger.remove()).result, true);
	assert.equal(hooks.size, 0);
	assert.deepEqual(trigger.stored, {});
	const again = hmac(String(hook.secret), `${time}:${body} `).toString('hex');
	const late = { headers: { 'X-Signature': again, 'X-Time': time }, body: `${body} ` };
	assert.equal((await trigger.deliver(late)).status, 401, 'after that nothing is accepted');
});

test('two secrets are never the same', async () => {
	const { trigger, hooks } = await open();
	await trigger.create();
	const [first] = [...hooks.values()].map(({ secret }) => secret);
	await trigger.create();
	const [second] = [...hooks.values()].map(({ secret }) => secret);
	assert.equal(hooks.size, 1, 'the first one is removed');
	assert.notEqual(first, second);
});

test('where the API has names for several events, these are registered', async () => {
	const wildcards = { '*': '*.*', 'pet.*': 'pet.*' };
	const cases: Array<[string[], string[]]> = [
		[['*'], ['*.*']],
		[['*', 'pet.*', 'rocket.launched'], ['*.*']],
		[['pet.*'], ['pet.*']],
		[
			['pet.created', 'pet.*', 'toy.created'],
			['toy.created', 'pet.*'],
		],
		[['pet.created'], ['pet.created']],
	];
	for (const offered of [undefined, ['toy.created', 'pet.created']]) {
		for (const [events, expected] of cases) {
			const subscription = { ...HOOKS, wildcards, offered };
			const { trigger, hooks } = await open({ subscription }, { parameters: { events } });
			await trigger.create();
			assert.deepEqual([...hooks.values()][0].on, expected);
			assert.equal((await trigger.checkExists()).result, true);
		}
	}
	const part = { ...HOOKS, wildcards: { 'pet.*': 'pet.*' } };
	const { trigger, hooks } = await open({ subscription: part }, { parameters: { events: ['*'] } });
	await trigger.create();
	assert.deepEqual([...hooks.values()][0].on, ['pet.created', 'pet.updated', 'toy.created']);
});

test('groups and all events are registered by the names of their events', async () => {
	const all = ['pet.created', 'pet.updated', 'toy.created'];
	const cases: Array<[string[], string[]]> = [
		[['*'], all],
		[['pet.*'], ['pet.created', 'pet.updated']],
		[['toy.created', 'pet.*', 'pet.created'], all],
		[
			['rocket.launched', 'toy.created'],
			['toy.created', 'rocket.launched'],
		],
	];
	for (const [events, expected] of cases) {
		const { trigger, hooks } = await open({}, { parameters: { events } });
		await trigger.create();
		assert.deepEqual([...hooks.values()][0].on, expected);
	}
});

test('only what a subscription takes is registered', async () => {
	const cases: Array<[string[], string[], string[] | undefined]> = [
		[['pet.created', 'x'], ['*'], ['pet.created']],
		[['*', 'pet.created'], ['*'], ['*']],
		[['*', 'pet.created'], ['pet.created', 'toy.created'], ['pet.created']],
		[['x'], ['*'], undefined],
	];
	for (const [offered, events, expected] of cases) {
		const subscription = { ...HOOKS, offered };
		const { trigger, hooks } = await open({ subscription }, { parameters: { events } });
		await trigger.create();
		assert.deepEqual([...hooks.values()][0]?.on, expected);
	}
});

test('nothing chosen is an error, before anything is sent', async () => {
	const { trigger, received } = await open({}, { parameters: { events: [] } });
	assert.match(
		(await trigger.create()).error?.message ?? '',
		/No events are chosen of which the API tells/,
	);
	assert.equal(received.length, 0);
});

test('what is not as it was registered is registered anew', async () => {
	const { trigger, hooks } = await open({}, CHOSEN);
	await trigger.create();
	trigger.events = ['pet.created', 'toy.created'];
	assert.equal((await trigger.checkExists()).result, false, 'other events were chosen');
	await trigger.create();
	assert.deepEqual([...hooks.keys()], ['h2'], 'the old one is gone');
	const hook = hooks.get('h2') ?? {};
	const restored = { ...hook };
	for (const changed of [{ target: 'https://other.example.com' }, { on: ['pet.created'] }]) {
		hooks.set('h2', { ...restored, ...changed });
		assert.equal((await trigger.checkExists()).result, false, JSON.stringify(changed));
	}
	hooks.set('h2', { ...restored, on: ['toy.created', 'pet.created'] });
	assert.equal((await trigger.checkExists()).result, true, 'in another order');
	hooks.delete('h2');
	const gone = await trigger.checkExists();
	assert.deepEqual([gone.result, gone.stored], [false, {}]);
	const moved = {
		registered: {
			url: 'https://old.example.com',
			events: ['pet.created'],
			ids: ['h9'],
			secrets: ['s'],
		},
	};
	const other = await open({}, { ...CHOSEN, stored: moved });
	assert.equal((await other.trigger.checkExists()).result, false, 'n8n has another address now');
});

test('without its secret a subscription is of no use', async () => {
	const { trigger } = await open({}, CHOSEN);
	await trigger.create();
	const { registered } = trigger.stored as { registered: object };
	const lost = await open(
		{},
		{ ...CHOSEN, stored: { registered: { ...registered, secrets: [] } } },
	);
	assert.equal((await lost.trigger.checkExists()).result, false);
});

test('what is gone is no error, and everything else is', async () => {
	const stored = { registered: { url: 'u', events: [], ids: ['gone'], secrets: ['s'] } };
	const { trigger } = await open({}, { stored });
	assert.deepEqual(await trigger.remove(), { result: true, stored: {} });
	const broken = await open({}, CHOSEN);
	await broken.trigger.create();
	(await stage).reply = () => [500, { message: `broken ${SECRET}` }];
	for (const hook of ['checkExists', 'remove'] as const) {
		const { error, stored: kept } = await broken.trigger[hook]();
		assert.equal(error?.httpCode, '500', hook);
		assert.doesNotMatch(JSON.stringify(error), new RegExp(SECRET), hook);
		assert.deepEqual((kept.registered as { ids: string[] }).ids, ['h1'], hook);
	}
});

test('a subscription that the server refuses to show or to remove is made anew', async () => {
	for (const status of [400, 403, 422]) {
		const server = new Server();
		const { trigger, hooks, received } = await open({}, CHOSEN, server);
		await trigger.create();
		(await stage).reply = (got) =>
			got.method === 'POST' ? server.reply(got) : [status, { message: 'odd id' }];
		assert.equal((await trigger.checkExists()).result, false, String(status));
		received.length = 0;
		const { result, stored } = await trigger.create();
		assert.equal(result, true, String(status));
		assert.deepEqual(
			received.map(({ method }) => method),
			['DELETE', 'POST'],
		);
		assert.deepEqual(
			(stored.registered as { ids: string[] }).ids,
			['h2'],
			'the old one is forgotten',
		);
		const { error, stored: kept } = await trigger.remove();
		assert.equal(error?.httpCode, String(status), 'going away is not said to be done');
		assert.deepEqual((kept.registered as { ids: string[] }).ids, ['h2']);
		assert.equal(hooks.size, 2);
	}
});

test('who asks, and how often, says nothing of a subscription', async () => {
	const server = new Server();
	const { trigger } = await open({}, CHOSEN, server);
	await trigger.create();
	(await stage).reply = () => [401, { message: 'no' }];
	for (const hook of ['checkExists', 'create'] as const) {
		const { error, stored } = await trigger[hook]();
		assert.equal(error?.httpCode, '401', hook);
		assert.deepEqual((stored.registered as { ids: string[] }).ids, ['h1'], hook);
	}
});

test('an error has nothing of the secret that was sent', async () => {
	const { trigger, received } = await open({}, CHOSEN);
	(await stage).reply = ({ body }) => [400, { message: `odd: ${body.toString()}` }];
	const { error } = await trigger.create();
	const { secret } = JSON.parse(received[0].body.toString()) as { secret: string };
	assert.match(error?.message ?? '', /"secret":"\*\*\*"/);
	assert.doesNotMatch(JSON.stringify(error), new RegExp(secret));
});

test('a body can have objects in it, and Standard Webhooks write secrets in their own way', async () => {
	const inner = {
		object: { url: 'text' as const, key: { name: 'secret', shape: 'text' as const } },
	};
	const config = { name: 'all', shape: { object: { inner: { name: 'all', shape: inner } } } };
	const create = { ...HOOKS.create, body: { ...BODY, shape: { object: { config } } } };
	const signature = { scheme: 'standardWebhooks' as const };
	const { trigger, hooks } = await open({ subscription: { ...HOOKS, create }, signature }, CHOSEN);
	await trigger.create();
	const { secrets } = trigger.stored.registered as { secrets: string[] };
	assert.match(secrets[0], /^whsec_[A-Za-z0-9+/]{43}=$/);
	assert.deepEqual(hooks.get('h1')?.config, { inner: { key: secrets[0], url: trigger.url } });
});

test('what all operations share is sent from the credential', async () => {
	const account = {
		in: 'header' as const,
		name: 'X-Account',
		shape: { at: ['shared'], shape: 'text' as const },
		credential: 'account',
	};
	const create = { ...HOOKS.create, parameters: [account] };
	const setting = { ...CHOSEN, credential: { account: 'acct_1' } };
	const { trigger, received } = await open({ subscription: { ...HOOKS, create } }, setting);
	assert.equal((await trigger.create()).result, true);
	assert.equal(received[0].headers['x-account'], 'acct_1');
});

test('a workflow that is tested registers for itself', async () => {
	const server = new Server();
	const active = await open({}, CHOSEN, server);
	await active.trigger.create();
	const tested = await open(
		{},
		{ ...CHOSEN, mode: 'manual', stored: active.trigger.stored },
		server,
	);
	assert.equal((await tested.trigger.checkExists()).result, false);
	await tested.trigger.create();
	const targets = [...server.hooks.values()].map(({ target }) => target);
	assert.deepEqual(targets, [active.trigger.url, tested.trigger.url]);
	await tested.trigger.remove();
	assert.deepEqual([...server.hooks.keys()], ['h1']);
	assert.deepEqual(tested.trigger.stored, active.trigger.stored);
});

test('a server that decides on the secret tells it once', async () => {
	const subscription: Subscription = { ...HOOKS, secret: { given: ['keys', 'signing'] } };
	const server = new Server((hook) => ({ ...hook, keys: { signing: 'of the server' } }));
	const { trigger, hooks } = await open({ subscription }, CHOSEN, server);
	await trigger.create();
	assert.equal(hooks.get('h1')?.secret, undefined, 'none is sent');
	assert.deepEqual((trigger.stored.registered as { secrets: string[] }).secrets, ['of the server']);
	const silent = await open({ subscription }, CHOSEN);
	const { error, stored } = await silent.trigger.create();
	assert.match(error?.message ?? '', /did not give the secret/);
	assert.deepEqual((stored.registered as { ids: string[] }).ids, ['h1'], 'it can be removed');
});

test('a server whose subscriptions are for one event has several', async () => {
	const create = {
		...HOOKS.create,
		body: { ...BODY, shape: { object: { event: 'text' as const, secret: 'text' as const } } },
	};
	const subscription: Subscription = { ...HOOKS, create, single: true };
	const { trigger, hooks } = await open({ subscription }, { parameters: { events: ['pet.*'] } });
	await trigger.create();
	const made = [...hooks.values()];
	assert.deepEqual(
		made.map(({ event }) => event),
		['pet.created', 'pet.updated'],
	);
	assert.equal(new Set(made.map(({ secret }) => secret)).size, 1);
	assert.equal((await trigger.checkExists()).result, true);
	hooks.delete('h2');
	assert.equal((await trigger.checkExists()).result, false);
	await trigger.create();
	assert.deepEqual([...hooks.keys()], ['h3', 'h4'], 'what was left is removed');
});

test('what was made before something failed is removed with the next try', async () => {
	const create = {
		...HOOKS.create,
		body: { ...BODY, shape: { object: { event: 'text' as const } } },
	};
	const subscription: Subscription = { ...HOOKS, create, single: true };
	const server = new Server();
	const { trigger, received } = await open(
		{ subscription },
		{ parameters: { events: ['pet.*'] } },
		server,
	);
	(await stage).reply = (got, number) =>
		number === 1 ? [422, { message: 'no' }] : server.reply(got);
	assert.equal((await trigger.create()).error?.httpCode, '422');
	assert.deepEqual([...server.hooks.keys()], ['h1']);
	received.length = 0;
	(await stage).reply = server.reply;
	await trigger.create();
	assert.deepEqual(
		received.map(({ method, target }) => `${method} ${target}`),
		['DELETE /hooks/h1', 'POST /hooks', 'POST /hooks'],
	);
	assert.equal(server.hooks.size, 2);
});

test('a list tells whether it is there as well', async () => {
	const find = request({ path: ['/hooks'], response: { ...READS, list: true } });
	const { trigger, hooks } = await open({ subscription: { ...HOOKS, find } }, CHOSEN);
	await trigger.create();
	hooks.set('other', { id: 'other', target: 'x' });
	assert.equal((await trigger.checkExists()).result, true);
	hooks.delete('h1');
	assert.equal((await trigger.checkExists()).result, false);
	const blind = await open({ subscription: { ...HOOKS, find: undefined } }, CHOSEN);
	await blind.trigger.create();
	blind.received.length = 0;
	assert.equal((await blind.trigger.checkExists()).result, true, 'nobody can tell');
	assert.equal(blind.received.length, 0);
});

test('an answer without an id is an error', async () => {
	const { trigger } = await open({}, CHOSEN, new Server(() => ({})));
	assert.match((await trigger.create()).error?.message ?? '', /did not say the subscription's id/);
});

test('where people enter the URL nothing is sent', async () => {
	const { trigger, received } = await open({ subscription: undefined }, { signingSecret: 's' });
	assert.equal((await trigger.checkExists()).result, true);
	assert.equal((await trigger.create()).result, true);
	assert.equal((await trigger.remove()).result, true);
	assert.equal(received.length, 0);
});
