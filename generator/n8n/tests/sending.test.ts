/** Retries, redirects, the renewal of credentials, and errors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import type { Request } from '../runtime/descriptor';
import { waitAfter } from '../runtime/retry';
import { request, resource, run, SECRET, type Setting } from './support/node';
import { Stage, type Reply } from './support/server';

const stage = Stage.open();

async function send(of: Partial<Request> = {}, setting: Setting = {}) {
	return await run(resource(request(of)), { baseUrl: (await stage).url, ...setting });
}

/** Says one reply after the other, the last again and again. */
async function says(...replies: Reply[]) {
	const { received } = Object.assign(await stage, {
		reply: (_: unknown, number: number) => replies[Math.min(number, replies.length - 1)],
	});
	return received;
}

const soon = { 'retry-after': '0' };

test('429 is repeated, also where sending twice would do harm', async () => {
	const received = await says([429, {}, soon], [429, {}, soon], [200, { ok: 1 }]);
	const { json } = await send({ method: 'POST' });
	assert.deepEqual(json, [{ ok: 1 }]);
	assert.equal(received.length, 3);
});

test('after four tries it is given up', async () => {
	const received = await says([429, { message: 'slow down' }, soon]);
	const { error } = await send();
	assert.equal(error?.message, 'slow down');
	assert.equal(error?.httpCode, '429');
	assert.equal(received.length, 4);
});

test('a server that is away is asked again only where it does no harm', async () => {
	for (const status of [408, 502, 503, 504]) {
		const received = await says([status, {}, soon], [200, { ok: 1 }]);
		assert.deepEqual((await send({ repeatable: true })).json, [{ ok: 1 }], String(status));
		received.length = 0;
		assert.equal((await send({ method: 'POST' })).error?.httpCode, String(status));
		assert.equal(received.length, 1);
		received.length = 0;
	}
	const received = await says([500, {}, soon]);
	await send({ repeatable: true });
	assert.equal(received.length, 1);
});

test('a key of the caller’s makes a request repeatable', async () => {
	const of: Partial<Request> = {
		method: 'POST',
		idempotencyKey: 'Idempotency-Key',
		parameters: [
			{ in: 'header', name: 'idempotency-key', shape: { at: ['key'], shape: 'option' } },
		],
	};
	const received = await says([503, {}, soon], [200, { ok: 1 }]);
	assert.deepEqual((await send(of, { parameters: { key: 'k' } })).json, [{ ok: 1 }]);
	assert.equal(received[1].headers['idempotency-key'], 'k');
	received.length = 0;
	assert.equal((await send(of, { parameters: { key: '' } })).error?.httpCode, '503');
	assert.equal(received.length, 1);
});

test('a broken connection is tried again only where it does no harm', async () => {
	const received = await says(undefined, [200, { ok: 1 }]);
	assert.deepEqual((await send({ repeatable: true })).json, [{ ok: 1 }]);
	assert.ok(received[1].at - received[0].at >= 490, 'it waits before it tries again');
	received.length = 0;
	const { error } = await send({ method: 'POST' });
	assert.equal(error?.name, 'NodeApiError');
	assert.match(String(error?.message), /connection to the server was closed/);
	assert.equal(error?.httpCode, 'ECONNRESET');
	assert.equal(received.length, 1);
});

test('the wait is what the server asks for, or twice as long each time, and never without end', () => {
	assert.equal(waitAfter(1, undefined), 500);
	assert.equal(waitAfter(3, undefined), 2000);
	assert.equal(waitAfter(1, '7'), 7000);
	assert.equal(waitAfter(1, '86400'), 60_000);
	assert.equal(waitAfter(2, 'soon'), 1000);
	const wait = waitAfter(1, new Date(Date.now() + 5000).toUTCString());
	assert.ok(wait > 3000 && wait <= 5000, String(wait));
	assert.equal(waitAfter(1, 'Wed, 21 Oct 2015 07:28:00 GMT'), 0);
});

test('a 401 renews the credential, once', async () => {
	const host = await stage;
	host.reply = ({ headers }) =>
		headers.authorization === 'Bearer new-key' ? [200, { ok: 1 }] : [401, { message: 'expired' }];
	assert.deepEqual((await send({}, { renewed: 'new-key' })).json, [{ ok: 1 }]);
	host.received.length = 0;
	const { error } = await send({}, { renewed: 'still-wrong' });
	assert.equal(error?.httpCode, '401');
	assert.equal(error?.message, 'expired');
	assert.equal(host.received.length, 2);
});

test('errors say what the server said', async () => {
	const bodies: Array<[unknown, string]> = [
		[
			{ statusCode: 400, error: 'BadRequestException', messages: ['a is wrong', 'b too'] },
			'a is wrong; b too',
		],
		[{ message: 'no' }, 'no'],
		[{ error: 'no' }, 'no'],
		[{ error: { message: 'no', type: 'x' } }, 'no'],
		[{ errors: [{ message: 'a' }, { detail: 'b' }, 'c'] }, 'a; b; c'],
		[
			{ errors: { name: ['is short', 'is bad'], age: 'is old' } },
			'name: is short; is bad; age: is old',
		],
		[{ type: 'about:blank', title: 'Bad', detail: 'no' }, 'no'],
		[{ title: 'Bad' }, 'Bad'],
		[{ error: 'invalid_grant', error_description: 'no' }, 'no'],
		[['a', { msg: 'b' }], 'a; b'],
		['just\n text', 'just text'],
		['<html><title>Bad gateway</title></html>', 'The server answered 400 Bad Request'],
		[{ message: '', code: 4 }, 'The server answered 400 Bad Request'],
		['', 'The server answered 400 Bad Request'],
		[{ message: 'x'.repeat(5000) }, 'x'.repeat(1000)],
	];
	for (const [body, expected] of bodies) {
		await says([400, body]);
		const { error } = await send(
			{
				path: ['/things/', { parameter: 'id' }],
				parameters: [{ in: 'path', name: 'id', shape: { at: ['id'], shape: 'id' } }],
			},
			{ parameters: { id: '7' } },
		);
		assert.equal(error?.message, expected);
		assert.equal(error?.name, 'NodeApiError');
		assert.equal(error?.description, 'GET /things/{id}: 400 Bad Request');
		assert.equal(error?.httpCode, '400');
		assert.equal(error?.context.itemIndex, 0);
	}
});

test('no error has a secret in it', async () => {
	const echo: Reply[] = [
		[400, { message: `the key ${SECRET} is wrong`, key: SECRET }],
		[401, { message: `Bearer ${SECRET} expired` }],
		[500, `oops ${SECRET}`],
		[200, `no JSON ${SECRET}`],
		[302, '', { location: `http://127.0.0.1:1/${SECRET}` }],
		undefined,
	];
	for (const reply of echo) {
		await says(reply);
		for (const anonymous of [undefined, true] as const) {
			const { error } = await send({ method: 'POST', anonymous });
			assert.ok(error !== undefined);
			for (const text of [
				JSON.stringify(error),
				inspect(error, { depth: 12, showHidden: true }),
				error.stack,
			]) {
				assert.ok(!text?.includes(SECRET), `${JSON.stringify(reply)}: ${text}`);
			}
			assert.ok(
				!inspect(error, { depth: 12, showHidden: true }).toLowerCase().includes('authorization'),
			);
		}
	}
	await says([400, { message: `the key ${SECRET} is wrong` }]);
	assert.equal((await send()).error?.message, 'the key *** is wrong');
});

test('redirects are followed, and to other servers without credentials', async () => {
	const host = await stage;
	const elsewhere = host.url.replace('127.0.0.1', 'localhost');
	const at = (path: string, reply: (method: string) => Reply) => {
		host.received.length = 0;
		host.reply = ({ target, method }) =>
			target === '/things' ? reply(method) : [200, { at: target }];
		return path;
	};
	at('home', () => [307, '', { location: '/moved?x=1' }]);
	assert.deepEqual((await send({ method: 'POST' })).json, [{ at: '/moved?x=1' }]);
	assert.equal(host.received[1].method, 'POST');
	assert.equal(host.received[1].headers.authorization, `Bearer ${SECRET}`);

	at('home, as a GET', () => [303, '', { location: '/moved' }]);
	const body = {
		mediaType: 'application/json',
		encoding: 'json' as const,
		shape: { object: {} },
		required: true as const,
	};
	assert.deepEqual((await send({ method: 'POST', body })).json, [{ at: '/moved' }]);
	assert.equal(host.received[1].method, 'GET');
	assert.equal(host.received[1].headers['content-type'], undefined);

	at('elsewhere', () => [302, '', { location: `${elsewhere}/file` }]);
	const parameters: Request['parameters'] = [
		{ in: 'header', name: 'x-account', shape: { at: ['account'], shape: 'text' } },
	];
	assert.deepEqual((await send({ parameters }, { parameters: { account: 'a' } })).json, [
		{ at: '/file' },
	]);
	assert.equal(host.received[1].headers.authorization, undefined);
	assert.equal(host.received[1].headers['x-account'], undefined);

	at('elsewhere, with a body', () => [307, '', { location: `${elsewhere}/file` }]);
	assert.equal((await send({ method: 'POST', body })).error?.httpCode, '307');
	assert.equal(host.received.length, 1);

	host.received.length = 0;
	host.reply = () => [302, '', { location: '/things' }];
	assert.equal((await send()).error?.httpCode, '302');
	assert.equal(host.received.length, 6);
});

test('what was posted is not read where the server moved', async () => {
	const host = await stage;
	const elsewhere = host.url.replace('127.0.0.1', 'localhost');
	for (const [status, location, target] of [
		[301, '/v2/things?key=1', `${host.url}/v2/things`],
		[302, '/v2/things', `${host.url}/v2/things`],
		[308, `${elsewhere}/things`, `another server, ${elsewhere}/things`],
	] as const) {
		const received = await says([status, '', { location }], [200, {}]);
		received.length = 0;
		const { error } = await send({ method: 'POST', repeatable: true });
		assert.equal(
			error?.message,
			`The server moved this to ${target}: correct the credential's base URL`,
		);
		assert.equal(error?.httpCode, String(status));
		assert.equal(received.length, 1);
	}
	const received = await says([302, '', { location: 'data:application/json,{}' }]);
	received.length = 0;
	assert.equal((await send()).error?.httpCode, '302');
});

test('what follows a redirect is repeated by itself', async () => {
	const received = await says(
		[303, '', { location: '/made/1' }],
		[429, {}, soon],
		[503, {}, soon],
		[200, { ok: 1 }],
	);
	assert.deepEqual((await send({ method: 'POST' })).json, [{ ok: 1 }]);
	assert.deepEqual(
		received.map(({ method, target }) => `${method} ${target}`),
		['POST /things', 'GET /made/1', 'GET /made/1', 'GET /made/1'],
	);
});

test('another port is another server', async () => {
	const elsewhere = await Stage.open();
	await says([302, '', { location: `${elsewhere.url}/file` }]);
	await send();
	assert.equal(elsewhere.only.headers.authorization, undefined);
});

test('an execution that is cancelled sends nothing more', async () => {
	for (const anonymous of [undefined, true] as const) {
		const host = await stage;
		host.received.length = 0;
		const controller = new AbortController();
		host.reply = () => {
			controller.abort();
			return [429, {}, { 'retry-after': '30' }];
		};
		const items = [{ json: {} }, { json: {} }, { json: {} }];
		const { error, json } = await send(
			{ anonymous, repeatable: true },
			{ items, continueOnFail: true, signal: controller.signal },
		);
		assert.ok(error !== undefined);
		assert.deepEqual([json, host.received.length], [[], 1]);
	}
});

test('a URL that is none is no broken connection', async () => {
	const began = Date.now();
	const { error } = await send({ repeatable: true }, { baseUrl: 'http://host:99999' });
	assert.ok(error !== undefined);
	assert.ok(Date.now() - began < 400, 'it is tried once');
});

/** n8n's helper with an OAuth2 credential, whose token is renewed at `/token`. */
const signedIn = (url: string): Setting => ({
	credentials: { testApi: ['clientSecret'] },
	credential: {
		grantType: 'authorizationCode',
		clientId: 'client-id',
		clientSecret: 'client-secret-1',
		accessTokenUrl: `${url}/token`,
		authUrl: 'https://example.com/auth',
		scope: 'people',
		authentication: 'header',
		oauthTokenData: { access_token: 'old-token-1', refresh_token: 'refresh-token-1' },
	},
	helper: {
		getParentTypes: () => ['oAuth2Api'],
		runPreAuthentication: async () => undefined,
		updateCredentialsOauthTokenData: async () => undefined,
	},
});

test('what the server of tokens says is none of the API’s answers', async () => {
	const host = await stage;
	for (const status of [400, 429, 503]) {
		host.received.length = 0;
		host.reply = ({ target }) =>
			target === '/token'
				? [status, { error: 'invalid_grant', error_description: 'for client-secret-1' }, soon]
				: [401, { message: 'expired' }];
		const { error } = await send({ repeatable: true }, signedIn(host.url));
		// What n8n says of a grant that is no more, it says best itself.
		assert.match(String(error?.message), /^Renewing the credential failed|needs to be reconnected/);
		assert.ok(!['400', '429', '503'].includes(String(error?.httpCode)));
		assert.equal(host.received.filter(({ target }) => target === '/things').length, 1);
		assert.ok(!inspect(error, { depth: 12 }).includes('client-secret-1'));
	}
});

test('only what is secret is taken out of a message, in each of its forms', async () => {
	const { url } = await stage;
	const shown = async (message: string, credential: Record<string, unknown> = {}) => {
		await says([400, { message }]);
		const setting = { credential, credentials: { testApi: ['apiKey', 'password'] } };
		return (await send({}, setting)).error?.message;
	};
	const account = { user: 'someone', password: 'p@ss word', scope: 'people' };
	assert.equal(await shown('no people for someone', account), 'no people for someone');
	assert.equal(await shown('p@ss word, p%40ss%20word', account), '***, ***');
	const basic = Buffer.from('someone:p@ss word').toString('base64');
	assert.equal(await shown(`Basic ${basic}`, account), 'Basic ***');
	const cut = `${'x'.repeat(990)} ${SECRET}`;
	assert.equal(await shown(cut), `${'x'.repeat(990)} ***`);
	const lines = '-----BEGIN-----\nabcdefgh\n-----END-----';
	assert.equal(await shown(`the key ${lines}`, { password: lines }), 'the key ***');
	const renewed = { baseUrl: url, apiKey: 'renewed-key' };
	let reads = 0;
	const helper = {
		getDecrypted: async () => (reads++ < 2 ? { ...renewed, apiKey: 'old-key' } : renewed),
	};
	await says([400, { message: 'renewed-key is not old-key' }]);
	assert.equal((await send({}, { helper })).error?.message, '*** is not ***');
	await says([200, '<html>', { 'content-type': `text/${SECRET}` }]);
	assert.equal(
		(await send()).error?.message,
		'The server did not answer with JSON but with text/***',
	);
});

test('a failed item becomes an item where the node continues', async () => {
	await says([200, { ok: 1 }], [422, { message: 'bad' }], [200, { ok: 3 }]);
	const items = [{ json: {} }, { json: {} }, { json: {} }];
	const outcome = await send({}, { items, continueOnFail: true });
	assert.deepEqual(outcome.items, [
		{ json: { ok: 1 }, pairedItem: { item: 0 } },
		{ json: { error: 'bad' }, pairedItem: { item: 1 } },
		{ json: { ok: 3 }, pairedItem: { item: 2 } },
	]);
	const { error } = await send({}, { items });
	assert.equal(error, undefined);
	await says([200, {}], [422, { message: 'bad' }]);
	(await stage).received.length = 0;
	assert.equal((await send({}, { items })).error?.context.itemIndex, 1);
});

test('an unknown resource or operation, and a broken expression, are errors of the item', async () => {
	const of = async (parameters: Record<string, unknown>) =>
		(
			await send(
				{ parameters: [{ in: 'query', name: 'q', shape: { at: ['q'], shape: 'text' } }] },
				{ parameters },
			)
		).error;
	assert.equal(
		(await of({ resource: 'x' }))?.message,
		'Resource: expected a resource of this API, got "x"',
	);
	assert.equal(
		(await of({ operation: 'x' }))?.message,
		'Operation: expected an operation of Thing, got "x"',
	);
	const broken = await of({ q: '={{ $("Nobody").item.json.x }}' });
	assert.equal(broken?.name, 'NodeOperationError');
	assert.equal(broken?.context.itemIndex, 0);
});
