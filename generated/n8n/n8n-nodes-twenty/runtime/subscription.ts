// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Subscribing to events through the API, when a workflow is activated, and going away again. */
import { randomBytes } from 'crypto';
import {
	NodeApiError,
	NodeOperationError,
	type IHookFunctions,
	type INode,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { connect, type Connection } from './connection';
import {
	ALL_EVENTS,
	NODE_PARAMETERS,
	type Request,
	type Subscribed,
	type Subscription,
} from './descriptor';
import { nodeError } from './errors';
import { chosenIn, namesOf } from './events';
import { readList } from './pages';
import type { Trigger } from './receive';
import { buildRequest } from './request';
import { jsonOf, listIn, recordIn } from './response';
import { send } from './send';
import { newSecret } from './signature';
import { dig, isObject } from './values';

/** What was registered, as the node's static data keeps it. */
export interface Registered {
	url: string;
	/** The events' names on the wire. */
	events: string[];
	ids: Array<string | number>;
	secrets: string[];
}

/** The random bytes of a secret. */
const SECRET_LENGTH = 32;

/** What a server answers of what is not there, or not any more. */
const GONE_STATUS = ['404', '410'];

/** Refusals that have another reason than the subscription: who asks, and how often. */
const OTHER_STATUS = ['401', '407', '408', '425', '429'];

/** In place of a subscription that is not there. */
const GONE = Symbol('gone');

/** In place of an answer to a request that the server will always refuse. */
class Refusal {
	constructor(readonly error: Error) {}
}

/** Whether the subscription is there, for this URL and these events. */
export async function checkExists(this: IHookFunctions, trigger: Trigger): Promise<boolean> {
	return await withErrors(this, async () => {
		const { subscription } = trigger.descriptor;
		// There is nothing that we could make.
		if (subscription === undefined) return true;
		const known = registeredIn(this);
		if (known === undefined) return false;
		const wanted = wantedOf(this, trigger);
		if (known.url !== wanted.url || !areSame(known.events, wanted.events)) return false;
		if (subscription.secret !== undefined && known.secrets.length === 0) return false;
		const connection = await connectionOf(this, trigger);
		for (const id of known.ids) {
			const record = await found(connection, subscription, id);
			if (record === GONE) {
				keep(this, { ...known, ids: known.ids.filter((it) => it !== id) });
				return false;
			}
			// Nobody can tell: a new one is made, or what is wrong is said then.
			if (record instanceof Refusal) return false;
			if (!isFor(subscription, record, wanted)) return false;
		}
		return true;
	});
}

/** Subscribes, with a secret of its own where we decide on it. */
export async function create(this: IHookFunctions, trigger: Trigger): Promise<boolean> {
	return await withErrors(this, async () => {
		const { descriptor } = trigger;
		const { subscription, signature } = descriptor;
		if (subscription === undefined) return true;
		const wanted = wantedOf(this, trigger);
		if (descriptor.kinds.length > 0 && wanted.events.length === 0) {
			throw new NodeOperationError(this.getNode(), 'No events are chosen of which the API tells');
		}
		const connection = await connectionOf(this, trigger);
		// What is for another URL or other events would go on sending. What the server refuses to remove must
		// not keep the workflow from starting.
		await removeAll(this, connection, subscription, ({ message }) => {
			this.logger.warn(`An earlier subscription could not be removed: ${message}`);
		});
		const isChosen = subscription.secret === 'chosen';
		const secret = isChosen ? newSecret(signature, randomBytes(SECRET_LENGTH)) : undefined;
		// A server may repeat it in what it says of an error.
		if (secret !== undefined) connection.secrets.push(secret);
		const { url, events } = wanted;
		const registered: Registered = {
			url,
			events,
			ids: [],
			secrets: secret === undefined ? [] : [secret],
		};
		try {
			for (const event of subscription.single ? events : [undefined]) {
				const values = { url, events, event, secret };
				const record = await call(connection, subscription.create, values);
				registered.ids.push(idOf(this.getNode(), subscription, record));
				registered.secrets.push(...givenIn(this.getNode(), subscription, record));
			}
		} catch (error) {
			// What was made so far is kept for the next try, which removes it.
			keep(this, registered);
			throw nodeError(this.getNode(), error, 0);
		}
		keep(this, registered);
		return true;
	});
}

/** Goes away again; what is gone already is no error. */
export async function remove(this: IHookFunctions, trigger: Trigger): Promise<boolean> {
	return await withErrors(this, async () => {
		const { subscription } = trigger.descriptor;
		if (subscription === undefined || registeredIn(this) === undefined) return true;
		await removeAll(this, await connectionOf(this, trigger), subscription);
		return true;
	});
}

/** What the static data has of the subscription; those of tests are apart from those of active workflows. */
export function registeredIn(context: IHookFunctions | IWebhookFunctions): Registered | undefined {
	return context.getWorkflowStaticData('node')[placeOf(context)] as Registered | undefined;
}

/** Writes what is registered to the static data; with nothing registered any more, nothing is kept. */
function keep(context: IHookFunctions, registered: Registered): void {
	const data = context.getWorkflowStaticData('node');
	if (registered.ids.length === 0) delete data[placeOf(context)];
	else data[placeOf(context)] = { ...registered };
}

function placeOf(context: IHookFunctions | IWebhookFunctions): string {
	return context.getMode() === 'manual' ? 'tested' : 'registered';
}

/** What is to be registered. */
function wantedOf(
	context: IHookFunctions,
	{ descriptor }: Trigger,
): Pick<Registered, 'url' | 'events'> {
	const url = context.getNodeWebhookUrl('default') ?? '';
	const chosen = chosenIn(context.getNodeParameter(NODE_PARAMETERS.events, []));
	const names = namesOf(descriptor, chosen);
	const { offered, wildcards } = descriptor.subscription ?? {};
	if (offered === undefined) return { url, events: names };
	const isAll = chosen.includes(ALL_EVENTS) && offered.includes(ALL_EVENTS);
	const wide = Object.values(wildcards ?? {});
	const isTaken = (name: string) => offered.includes(name) || wide.includes(name);
	return { url, events: isAll ? [ALL_EVENTS] : names.filter(isTaken) };
}

async function connectionOf(
	context: IHookFunctions,
	{ credentials }: Trigger,
): Promise<Connection> {
	const authentication = context.getNodeParameter(NODE_PARAMETERS.authentication, '');
	return await connect(context, credentials, authentication);
}

/**
 * Removes what is registered, one by one, so that what fails is still known.
 *
 * @param given Is told of what the server refuses to remove, which is forgotten then; without it, that is
 *   an error.
 */
async function removeAll(
	context: IHookFunctions,
	connection: Connection,
	subscription: Subscription,
	given?: (error: Error) => void,
): Promise<void> {
	const known = registeredIn(context);
	if (known === undefined) return;
	let { ids } = known;
	for (const id of known.ids) {
		const work = async () => await call(connection, subscription.delete, { id });
		const answer = await unlessGone(connection, work);
		if (answer instanceof Refusal) {
			if (given === undefined) throw answer.error;
			given(answer.error);
		}
		ids = ids.filter((it) => it !== id);
		keep(context, { ...known, ids });
	}
}

/**
 * A subscription; {@link GONE} where it is not there, {@link Refusal} where the server does not tell,
 * `undefined` where it cannot be asked.
 */
async function found(
	connection: Connection,
	subscription: Subscription,
	id: string | number,
): Promise<unknown> {
	const { find } = subscription;
	if (find === undefined) return undefined;
	const answer = await unlessGone(connection, async () => await call(connection, find, { id }));
	if (!find.response.list || !Array.isArray(answer)) return answer;
	const isIt = (record: unknown) => String(dig(record, subscription.id)) === String(id);
	return answer.find(isIt) ?? GONE;
}

/** Whether a subscription is still for this URL and these events, as far as the server tells. */
function isFor(
	{ url, events, single }: Subscription,
	record: unknown,
	wanted: Pick<Registered, 'url' | 'events'>,
): boolean {
	const itsUrl = url && dig(record, url);
	if (typeof itsUrl === 'string' && itsUrl !== wanted.url) return false;
	const itsEvents = events && dig(record, events);
	if (single || !Array.isArray(itsEvents)) return true;
	return areSame(itsEvents.map(String), wanted.events);
}

function areSame(one: string[], other: string[]): boolean {
	const isIn = (list: string[]) => (it: string) => list.includes(it);
	return one.every(isIn(other)) && other.every(isIn(one));
}

/** Sends a request, and gives the record or the list in its answer. */
async function call(
	connection: Connection,
	request: Request,
	values: Subscribed,
): Promise<unknown> {
	const all: Record<string, unknown> = { ...values };
	all.all = all;
	const parameter = (name: string) => all[name];
	const source = {
		parameter,
		shapes: {},
		timezone: connection.context.getTimezone(),
		credential: connection.fields,
	};
	const outgoing = await buildRequest(request, source, noFiles);
	const { pagination, response } = request;
	if (pagination !== undefined) {
		return await readList(connection, pagination, outgoing, undefined);
	}
	const answer = await send(connection, outgoing);
	if (response.as !== 'json' || answer.body.length === 0) return undefined;
	const body = await jsonOf(connection, answer, outgoing);
	const keys = response.data ?? [];
	if (!response.list) return recordIn(body, keys);
	return await listIn(connection, { answer, body }, outgoing, keys);
}

async function noFiles(): Promise<never> {
	return await Promise.reject(new TypeError('A subscription has no files'));
}

/** What the work gives; {@link GONE} or {@link Refusal} where the server refuses it for good. */
async function unlessGone({ context }: Connection, work: () => Promise<unknown>): Promise<unknown> {
	try {
		return await work();
	} catch (error) {
		const status = (error instanceof NodeApiError && error.httpCode) || '';
		if (GONE_STATUS.includes(status)) return GONE;
		const told = nodeError(context.getNode(), error, 0);
		if (/^4\d\d$/.test(status) && !OTHER_STATUS.includes(status)) return new Refusal(told);
		throw told;
	}
}

function idOf(node: INode, { id }: Subscription, record: unknown): string | number {
	const value = dig(record, id);
	if (typeof value === 'string' || typeof value === 'number') return value;
	throw new NodeOperationError(node, `The server did not say the subscription's ${id.join('.')}`);
}

/** The secret that the API decided on. */
function givenIn(node: INode, { secret }: Subscription, record: unknown): string[] {
	if (!isObject(secret)) return [];
	const value = dig(record, secret.given);
	if (typeof value === 'string' && value !== '') return [value];
	throw new NodeOperationError(node, 'The server did not give the secret of the subscription');
}

async function withErrors<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw nodeError(context.getNode(), error, 0);
	}
}
