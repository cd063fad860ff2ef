/** What a trigger takes for a delivery of its API, and what comes out of it. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { testSecret } from '../runtime';
import type { Signature, TriggerDescriptor } from '../runtime/descriptor';
import { isFirst, MOST } from '../runtime/replays';
import {
	descriptor,
	hmac,
	TIMED,
	Trigger,
	type Delivered,
	type Sent,
	type Setting,
} from './support/trigger';

const SECRET = 'shared-secret';
const MINUTE = 60_000;
const BODY = '{"type":"pet.created","at":1,"record":{"id":"p1","name":"Zoë"}}';

/** A trigger whose secret was registered. */
function registered(of: Partial<TriggerDescriptor> = {}, setting: Setting = {}): Trigger {
	const stored = { registered: { url: 'u', events: [], ids: [1], secrets: [SECRET] } };
	return new Trigger(descriptor({ signature: TIMED, ...of }), { stored, ...setting });
}

function timed(
	body: string | Buffer = BODY,
	time: number | string = Date.now(),
	key = SECRET,
): Sent {
	const signature = hmac(key, `${time}:`, body).toString('hex');
	return { headers: { 'X-Signature': signature, 'X-Time': String(time) }, body };
}

function withHeader(sent: Sent, name: string, value: string): Sent {
	return { ...sent, headers: { ...sent.headers, [name]: value } };
}

function assertRefused({ status, started, error }: Delivered, why?: string): void {
	assert.deepEqual(
		{ status, started, error },
		{ status: 401, started: false, error: undefined },
		why,
	);
}

function assertStarted({ status, started, error }: Delivered, why?: string): void {
	assert.deepEqual(
		{ status, started, error },
		{ status: 200, started: true, error: undefined },
		why,
	);
}

test('a signed delivery gives the record, with what is beside it', async () => {
	const { json, ...rest } = await registered().deliver(timed());
	assertStarted(rest);
	assert.deepEqual(json, {
		event: 'pet.created',
		record: { id: 'p1', name: 'Zoë' },
		metadata: { type: 'pet.created', at: 1 },
	});
});

test('raw data is the delivery as it came', async () => {
	const trigger = registered({}, { parameters: { events: ['*'], options: { rawData: true } } });
	const { json } = await trigger.deliver(withHeader(timed(), 'X-Other', 'o'));
	const { headers, query, body } = json as Record<string, Record<string, unknown>>;
	assert.equal(headers['x-other'], 'o');
	assert.deepEqual(query, {});
	assert.deepEqual(body, JSON.parse(BODY));
});

test('a record that is not where it was said to be is the body', async () => {
	const trigger = new Trigger(descriptor());
	const { json } = await trigger.deliver({ body: '{"type":"pet.created","id":1}' });
	const body = { type: 'pet.created', id: 1 };
	assert.deepEqual(json, { event: 'pet.created', record: body, metadata: {} });
});

test('what was changed on the way is refused', async () => {
	const trigger = registered();
	const now = Date.now();
	const good = timed(BODY, now);
	const cases: Array<[string, Sent]> = [
		['another body', { ...good, body: BODY.replace('p1', 'p2') }],
		['the same JSON in other bytes', { ...good, body: BODY.replace(':1', ': 1') }],
		['one byte more', { ...good, body: `${BODY}\n` }],
		['another time', withHeader(good, 'X-Time', String(now + 1))],
		['another secret', timed(BODY, now, 'other-secret')],
		['an empty secret', timed(BODY, now, '')],
		['no body', { ...good, body: '' }],
	];
	for (const [why, sent] of cases) assertRefused(await trigger.deliver(sent), why);
	assertStarted(await trigger.deliver(good), 'none of them was remembered');
});

test('signatures that are none are refused, not an error', async () => {
	const trigger = registered();
	const good = timed();
	const value = good.headers?.['X-Signature'] ?? '';
	const odd = [
		'',
		'abc',
		value.slice(1),
		`${value}00`,
		`${value} `,
		'zz'.repeat(32),
		'00'.repeat(32),
		'ü',
	];
	for (const text of [...odd, `sha256=${value}`, `0x${value.slice(2)}`]) {
		assertRefused(await trigger.deliver(withHeader(good, 'X-Signature', text)), text);
	}
	assertRefused(await trigger.deliver({ body: BODY }), 'no headers');
	for (const name of ['X-Signature', 'X-Time']) {
		const { [name]: left, ...headers } = good.headers ?? {};
		assertRefused(await trigger.deliver({ ...good, headers }), `no ${name}`);
		assertRefused(await trigger.deliver({ ...good, twice: { [name]: left } }), `${name} twice`);
	}
	for (const time of ['', 'x', '1e3', '-1', '9'.repeat(30), ' 1', String(Date.now() / 1000)]) {
		assertRefused(await trigger.deliver(timed(BODY, time)), `time ${time}`);
	}
});

test('either case of hexadecimal is read, and names of headers are', async () => {
	const { headers = {}, body } = timed();
	const upper = {
		'x-SIGNATURE': headers['X-Signature'].toUpperCase(),
		'X-TIME': headers['X-Time'],
	};
	assertStarted(await registered().deliver({ headers: upper, body }));
});

test('a body that no one has read yet is read', async () => {
	assertStarted(await registered().deliver({ ...timed(), isUnread: true }));
});

test('bytes that are no text are what is signed', async () => {
	const body = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
	assertStarted(await registered().deliver(timed(body)));
	const text = Buffer.from(body.toString());
	assertRefused(await registered().deliver({ ...timed(body), body: text }));
});

test('a delivery is good for five minutes, before and after', async () => {
	const clock = mock.method(Date, 'now', () => 1_800_000_000_000);
	try {
		const now = Date.now();
		for (const off of [-5 * MINUTE, 5 * MINUTE, 0]) {
			assertStarted(await registered().deliver(timed(BODY, now + off)), String(off));
		}
		for (const off of [-5 * MINUTE - 1, 5 * MINUTE + 1]) {
			assertRefused(await registered().deliver(timed(BODY, now + off)), String(off));
		}
		const seconds: Signature = {
			...TIMED,
			timestamp: { header: 'X-Time', unit: 'seconds' },
		} as Signature;
		const trigger = () => registered({ signature: seconds });
		assertStarted(await trigger().deliver(timed(BODY, now / 1000 - 300)));
		assertRefused(await trigger().deliver(timed(BODY, now / 1000 - 301)));
		assertRefused(await trigger().deliver(timed(BODY, now)), 'milliseconds are not seconds');
	} finally {
		clock.mock.restore();
	}
});

test('known vectors, made elsewhere', async () => {
	const clock = mock.method(Date, 'now', () => 1_700_000_000_000);
	try {
		const body = '{"type":"pet.created","record":{"id":"p1"}}';
		const headers = {
			'X-Time': '1700000000000',
			'X-Signature': '26b7e1b2249eaef89850e42a494ee5f7c8a981a64c04160ad34055fbafb6bab4',
		};
		assertStarted(await registered().deliver({ headers, body }), 'hex');
		const plain: Signature = {
			scheme: 'hmacSha256',
			header: 'X-Signature',
			prefix: 'sha256=',
			encoding: 'hex',
			signed: ['body'],
		};
		const upper = {
			'X-Signature': 'sha256=B134D8183BEAE80D3E3F1E84A8F4F74C647993A4AC559E93EAC58D3A382C238C',
		};
		assertStarted(
			await registered({ signature: plain }).deliver({ headers: upper, body }),
			'prefix',
		);
		const bare = {
			'X-Signature': 'B134D8183BEAE80D3E3F1E84A8F4F74C647993A4AC559E93EAC58D3A382C238C',
		};
		assertRefused(
			await registered({ signature: plain }).deliver({ headers: bare, body }),
			'no prefix',
		);
		const base64: Signature = { ...plain, prefix: '', encoding: 'base64' };
		const coded = { 'X-Signature': 'sTTYGDvq6A0+Px6EqPT3TGR5k6SsVZ6T6sWNOjgsI4w=' };
		assertStarted(
			await registered({ signature: base64 }).deliver({ headers: coded, body }),
			'base64',
		);
		const standard = {
			'webhook-id': 'msg_1',
			'webhook-timestamp': '1700000000',
			'webhook-signature': 'v1,8W8LKNPIsGa3y5dl4PktuG/G8sPryCdq4uElvzhK0CY=',
		};
		const whsec = { signingSecret: 'whsec_c2hhcmVkLXNlY3JldC1vZi0yNC1ieXQ=' };
		const of = descriptor({ signature: { scheme: 'standardWebhooks' } });
		assertStarted(await new Trigger(of, whsec).deliver({ headers: standard, body }), 'standard');
	} finally {
		clock.mock.restore();
	}
});

test('a delivery that comes again is refused, whatever is not signed of it', async () => {
	const trigger = registered();
	const good = timed();
	const value = good.headers?.['X-Signature'] ?? '';
	assertStarted(await trigger.deliver(withHeader(good, 'X-Nonce', '1')));
	assertRefused(await trigger.deliver(good));
	assertRefused(await trigger.deliver(withHeader(good, 'X-Nonce', '2')), 'another nonce');
	assertRefused(
		await trigger.deliver(withHeader(good, 'X-Signature', value.toUpperCase())),
		'capitals',
	);
	assertStarted(await trigger.deliver(timed(BODY, Date.now() + 1)), 'the next one');
});

test('of copies that come at once one starts the workflow', async () => {
	const trigger = registered();
	const good = { ...timed(), isUnread: true };
	const found = await Promise.all(
		Array.from({ length: 6 }, async () => await trigger.deliver(good)),
	);
	assert.equal(found.filter(({ started }) => started).length, 1);
	assert.equal(found.filter(({ status }) => status === 401).length, 5);
});

test('each node has deliveries of its own, and so has a test', async () => {
	const good = timed();
	const stored = { url: 'u', events: [], ids: [1], secrets: [SECRET] };
	const both = { stored: { registered: stored, tested: stored }, workflow: 'same' };
	assertStarted(await registered({}, both).deliver(good));
	assertStarted(await registered({}, { ...both, mode: 'manual' }).deliver(good));
	assertStarted(await registered().deliver(good), 'another workflow');
	assertRefused(await registered({}, both).deliver(good), 'n8n loads a workflow anew');
});

test('a signed name of the delivery tells that it comes again, and it is acknowledged', async () => {
	const trigger = registered({ deliveryId: ['data', 'id'] });
	const body = '{"type":"pet.created","data":{"id":"d1"}}';
	assertStarted(await trigger.deliver(timed(body)));
	const again = await trigger.deliver(timed(body, Date.now() + 1));
	assert.deepEqual([again.status, again.started], [200, false]);
	assertStarted(await trigger.deliver(timed(body.replace('d1', 'd2'))));
	const unnamed = timed('{"type":"pet.created"}');
	assertStarted(await trigger.deliver(unnamed));
	assertRefused(await trigger.deliver(unnamed), 'without a name, the signature tells');
});

test('what is remembered is bounded, and ends', () => {
	assert.equal(isFirst('node', 'a', 0, 10), true);
	assert.equal(isFirst('node', 'a', 10, 10), false);
	assert.equal(isFirst('node', 'a', 11, 10), true);
	for (let index = 0; index < MOST; index++) isFirst('full', `d${index}`, index, 10 * MOST);
	assert.equal(isFirst('full', 'd0', MOST, 10 * MOST), false, 'it is full, and has this one');
	assert.equal(isFirst('full', 'new', MOST, 10 * MOST), true);
	assert.equal(isFirst('full', 'new', MOST, 10 * MOST), false);
	assert.equal(isFirst('full', 'd0', MOST, 10 * MOST), true, 'the oldest one went');
});

test('Standard Webhooks: several signatures, and what is none of them', async () => {
	const key = Buffer.from('shared-secret-of-24-byt');
	const signingSecret = `whsec_${key.toString('base64')}`;
	const of = descriptor({ signature: { scheme: 'standardWebhooks' } });
	const time = String(Math.floor(Date.now() / 1000));
	const signature = (id: string) => hmac(key, `${id}.${time}.${BODY}`).toString('base64');
	const sent = (id: string, written: string): Sent => ({
		headers: { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': written },
		body: BODY,
	});
	const deliver = async (id: string, written: string, secret = signingSecret) =>
		await new Trigger(of, { signingSecret: secret, workflow: 'standard' }).deliver(
			sent(id, written),
		);
	assertStarted(await deliver('m1', `v1,${'A'.repeat(43)}= v1a,xx v1,${signature('m1')}`));
	const again = await deliver('m1', `v1,${signature('m1')}`);
	assert.deepEqual([again.status, again.started], [200, false]);
	assertRefused(await deliver('m2', `v2,${signature('m2')}`), 'another version');
	assertRefused(await deliver('m2', signature('m2')), 'no version');
	assertRefused(await deliver('m2', `v1,${signature('m1')}`), 'of another delivery');
	assertRefused(await deliver('', `v1,${signature('')}`), 'no id');
	assertRefused(await deliver('m2', `v1,${signature('m2')}`, 'whsec_not base64'), 'no key');
	assertStarted(
		await deliver('m2', `v1,${signature('m2')}`, key.toString('base64')),
		'without whsec_',
	);
});

test('without a secret nothing is accepted', async () => {
	const of = descriptor({ signature: TIMED });
	assertRefused(await new Trigger(of).deliver(timed(BODY, Date.now(), '')), 'never registered');
	assertRefused(await new Trigger(of, { signingSecret: '' }).deliver(timed(BODY, Date.now(), '')));
	const other = { registered: { url: 'u', events: [], ids: [1], secrets: [''] } };
	assertRefused(await new Trigger(of, { stored: other }).deliver(timed(BODY, Date.now(), '')));
	assertStarted(await new Trigger(of, { signingSecret: SECRET }).deliver(timed()));
});

test('where nothing is signed deliveries are taken as they come, also twice', async () => {
	const trigger = new Trigger(descriptor());
	assertStarted(await trigger.deliver({ body: BODY }));
	assertStarted(await trigger.deliver({ body: BODY }));
});

test('events that were not chosen are acknowledged, and nothing more', async () => {
	const cases: Array<[string[] | string, string, boolean]> = [
		[['pet.created'], 'pet.created', true],
		[['pet.created'], 'pet.updated', false],
		[['pet.*'], 'pet.updated', true],
		[['pet.*'], 'toy.created', false],
		[['pet.*', 'toy.created'], 'toy.created', true],
		[['pet.*'], 'pet.groomed', true],
		[['pet.*'], 'pets.groomed', false],
		[['toy.*'], 'toy.created', true],
		[['.*'], 'pet.created', false],
		[['*'], 'pet.groomed', true],
		[['pet.groomed'], 'pet.groomed', true],
		['["pet.updated"]', 'pet.updated', true],
		['pet.updated', 'pet.updated', true],
		[[], 'pet.created', false],
		[['constructor'], 'pet.created', false],
		[['pet.created'], 'constructor', false],
	];
	for (const [events, type, starts] of cases) {
		const trigger = registered({}, { parameters: { events } });
		const { status, started } = await trigger.deliver(timed(JSON.stringify({ type })));
		assert.deepEqual([status, started], [200, starts], JSON.stringify([events, type]));
	}
});

test('a delivery that could not be read is taken when it comes again', async () => {
	const sent = timed();
	const failing = registered(
		{},
		{
			workflow: 'again',
			parameters: { events: ['*'], options: { rawData: '={{ $("Gone").first().json.a }}' } },
		},
	);
	const { started, error } = await failing.deliver(sent);
	assert.deepEqual([started, error !== undefined], [false, true]);
	assertStarted(await registered({}, { workflow: 'again' }).deliver(sent));
	assertRefused(await registered({}, { workflow: 'again' }).deliver(sent));
});

test('a header can say which event it is, and options have names of their own', async () => {
	const kinds: TriggerDescriptor['kinds'] = [
		{ key: { header: 'X-Event' }, events: { push: 'push', '=odd': 'odd' } },
		{ key: { body: ['kind', 'name'] }, record: ['of'], events: { moved: 'moved' } },
	];
	const parameters = { events: ['odd', 'moved'] };
	const trigger = () => new Trigger(descriptor({ kinds, groups: undefined }), { parameters });
	const odd = await trigger().deliver({ headers: { 'X-EVENT': '=odd' }, body: '{"a":1}' });
	assert.deepEqual(odd.json, { event: '=odd', record: { a: 1 }, metadata: {} });
	const moved = await trigger().deliver({ body: '{"kind":{"name":"moved","no":2},"of":[1]}' });
	assert.deepEqual(moved.json, {
		event: 'moved',
		record: [1],
		metadata: { kind: { name: 'moved', no: 2 } },
	});
	const push = await trigger().deliver({ headers: { 'X-Event': 'push' }, body: '{}' });
	assert.deepEqual([push.status, push.started], [200, false]);
});

test('where nothing tells events apart all of them start the workflow', async () => {
	const trigger = new Trigger(descriptor({ kinds: [], groups: undefined }), { parameters: {} });
	const { json, ...rest } = await trigger.deliver({ body: '{"a":1}' });
	assertStarted(rest);
	assert.deepEqual(json, { record: { a: 1 }, metadata: {} });
});

test('the test of a secret says whether it can be signed with', async () => {
	const context = {} as never;
	const status = async (signature: Signature | undefined, signingSecret: unknown) => {
		const credential = { id: '1', name: 'c', type: 't', data: { signingSecret } };
		return (await testSecret.call(context, signature, credential as never)).status;
	};
	assert.equal(await status(TIMED, 'any'), 'OK');
	for (const odd of ['', ' any', undefined]) assert.equal(await status(TIMED, odd), 'Error');
	const standard: Signature = { scheme: 'standardWebhooks' };
	assert.equal(await status(standard, 'whsec_QUJD'), 'OK');
	for (const odd of ['whsec_', 'whsec_ab c', 'whsec_QUJ']) {
		assert.equal(await status(standard, odd), 'Error');
	}
});
