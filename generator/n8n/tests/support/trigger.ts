/** Runs a trigger in n8n's own contexts, without a server or a database. */
import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import * as n8n from 'n8n-workflow';
import type {
	IDataObject,
	IHookFunctions,
	INodeType,
	IWebhookFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { checkExists, create, receive, remove, triggerDescriptor } from '../../runtime';
import type { Signature, TriggerDescriptor } from '../../runtime/descriptor';
import { helper } from './node';

process.env.N8N_USER_FOLDER ??= join(tmpdir(), 'specwright-n8n-tests');

type Constructor<T> = new (...args: unknown[]) => T;
const core = require('n8n-core') as {
	HookContext: Constructor<IHookFunctions>;
	WebhookContext: Constructor<IWebhookFunctions>;
};

/** What a hook came to, and what static data has after it. */
export interface Hooked {
	result?: boolean;
	error?: NodeApiError;
	stored: IDataObject;
}

/** What a delivery came to. */
export interface Delivered {
	status: number;
	started: boolean;
	json?: unknown;
	error?: Error;
}

/** A delivery as it is on the wire. */
export interface Sent {
	headers?: Record<string, string>;
	/** Headers that are there a second time. */
	twice?: Record<string, string>;
	body: string | Buffer;
	/** n8n has not read the raw body yet. */
	isUnread?: boolean;
}

/** How a test runs a trigger. */
export interface Setting {
	baseUrl?: string;
	parameters?: IDataObject;
	stored?: IDataObject;
	mode?: 'webhook' | 'manual';
	/** The workflow's id: what is remembered of deliveries is kept by it. */
	workflow?: string;
	/** The signing secret that people entered. */
	signingSecret?: string;
	/** More of the credential. */
	credential?: Record<string, unknown>;
}

let workflows = 0;

/** A trigger in a workflow of its own. */
export class Trigger {
	readonly url: string;

	private readonly workflow: n8n.Workflow;

	private readonly additionalData: Record<string, unknown>;

	private readonly webhookData: Record<string, unknown>;

	private readonly trigger;

	private readonly mode: string;

	constructor(descriptor: TriggerDescriptor, setting: Setting = {}) {
		const signedWith = setting.signingSecret === undefined ? {} : { signedWith: 'otherApi' };
		this.trigger = {
			descriptor: triggerDescriptor(descriptor),
			credentials: { testApi: ['apiKey'] },
			...signedWith,
		};
		this.mode = setting.mode ?? 'webhook';
		const webhook = {
			name: 'default',
			httpMethod: 'POST',
			responseMode: 'onReceived',
			path: 'webhook',
		};
		const type = nodeType(webhook);
		const nodeTypes = {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		};
		const credentials = {
			testApi: { id: '1', name: 'Test' },
			otherApi: { id: '2', name: 'Other' },
		};
		const parameters = (setting.parameters ?? { events: ['*'] }) as n8n.INodeParameters;
		this.workflow = new n8n.Workflow({
			id: setting.workflow ?? `w${++workflows}`,
			nodes: [
				{
					id: 'n',
					name: 'Node',
					type: 'test.trigger',
					typeVersion: 1,
					position: [0, 0],
					webhookId: 'hook1',
					parameters,
					credentials,
				},
			],
			connections: {},
			active: true,
			nodeTypes,
			staticData: setting.stored && { 'node:Node': setting.stored },
		});
		this.node.parameters = parameters;
		this.additionalData = {
			...helper(setting),
			webhookBaseUrl: 'https://n8n.example.com/webhook',
			webhookTestBaseUrl: 'https://n8n.example.com/webhook-test',
		};
		this.webhookData = {
			node: 'Node',
			path: 'hook1/webhook',
			webhookDescription: webhook,
			httpMethod: 'POST',
			workflowId: this.workflow.id,
			workflowExecuteAdditionalData: this.additionalData,
			isTest: this.mode === 'manual',
		};
		const test = this.mode === 'manual' ? '-test' : '';
		this.url = `https://n8n.example.com/webhook${test}/hook1/webhook`;
	}

	/** Another choice of the user's, in the same workflow. */
	set events(events: string[]) {
		this.node.parameters.events = events;
	}

	get stored(): IDataObject {
		const stored: unknown = this.workflow.staticData['node:Node'] ?? {};
		return JSON.parse(JSON.stringify(stored)) as IDataObject;
	}

	async checkExists(): Promise<Hooked> {
		return await this.hook(checkExists);
	}

	async create(): Promise<Hooked> {
		return await this.hook(create);
	}

	async remove(): Promise<Hooked> {
		return await this.hook(remove);
	}

	/** A request to the trigger's URL. What it writes to static data is lost where the workflow starts, as in n8n 2.40. */
	async deliver({ headers = {}, twice = {}, body, isUnread }: Sent): Promise<Delivered> {
		const raw = Buffer.from(body);
		const lower = (all: Record<string, string>) =>
			Object.entries(all).map(([name, value]) => [name.toLowerCase(), value] as const);
		const joined = Object.fromEntries(lower(headers));
		for (const [name, value] of lower(twice)) joined[name] = `${joined[name]}, ${value}`;
		const request: Record<string, unknown> = {
			headers: joined,
			rawHeaders: [...Object.entries(headers), ...Object.entries(twice)].flat(),
			query: {},
			params: {},
			body: parsed(raw),
			rawBody: isUnread ? undefined : raw,
			readRawBody: async () => {
				request.rawBody = raw;
			},
		};
		let status = 0;
		const response = {
			status(code: number) {
				status = code;
				return response;
			},
			json: () => response,
		};
		const before = this.stored;
		const data = { ...this.additionalData, httpRequest: request, httpResponse: response };
		const context = new core.WebhookContext(
			...[this.workflow, this.node, data, this.mode, this.webhookData, [], null],
		);
		try {
			const { workflowData, noWebhookResponse } = await receive.call(context, this.trigger);
			const started = workflowData !== undefined;
			if (started) this.workflow.overrideStaticData({ 'node:Node': before });
			const json: unknown = workflowData?.[0][0]?.json;
			return { status: noWebhookResponse ? status : 200, started, json };
		} catch (error) {
			return { status: 500, started: false, error: error as Error };
		}
	}

	private get node(): n8n.INode {
		const node = this.workflow.getNode('Node');
		if (node === null) throw new Error('the workflow has no node');
		return node;
	}

	private async hook(method: typeof create): Promise<Hooked> {
		const mode = this.mode === 'manual' ? 'manual' : 'trigger';
		const context = new core.HookContext(
			...[this.workflow, this.node, this.additionalData, mode, 'activate', this.webhookData],
		);
		await this.workflow.expression.acquireIsolate?.();
		try {
			return { result: await method.call(context, this.trigger), stored: this.stored };
		} catch (error) {
			return { error: error as NodeApiError, stored: this.stored };
		}
	}
}

/** The lower-case hexadecimal HMAC that most senders write. */
export function hmac(secret: string | Buffer, ...parts: Array<string | Buffer>): Buffer {
	const made = createHmac('sha256', secret);
	for (const part of parts) made.update(part);
	return made.digest();
}

/** A descriptor of which only what matters is said: two kinds of things, told apart by `type`. */
export function descriptor(more: Partial<TriggerDescriptor> = {}): TriggerDescriptor {
	return {
		schemaVersion: 1,
		kinds: [
			{
				key: { body: ['type'] },
				record: ['record'],
				events: {
					'pet.created': 'pet.created',
					'pet.updated': 'pet.updated',
					'toy.created': 'toy.created',
				},
			},
		],
		groups: { 'pet.*': ['pet.created', 'pet.updated'] },
		properties: [],
		...more,
	};
}

/** Time and body, in hexadecimal, as Twenty signs. */
export const TIMED: Signature = {
	scheme: 'hmacSha256',
	header: 'X-Signature',
	encoding: 'hex',
	signed: ['timestamp', { text: ':' }, 'body'],
	timestamp: { header: 'X-Time', unit: 'milliseconds' },
};

function parsed(raw: Buffer): unknown {
	try {
		return JSON.parse(raw.toString()) as unknown;
	} catch {
		return {};
	}
}

function nodeType(webhook: Record<string, string>): INodeType {
	return {
		description: {
			displayName: 'Test Trigger',
			name: 'testTrigger',
			group: ['trigger'],
			version: 1,
			description: 'Test',
			defaults: { name: 'Test' },
			inputs: [],
			outputs: ['main'],
			credentials: [{ name: 'testApi' }, { name: 'otherApi' }],
			webhooks: [webhook as never],
			properties: [],
		},
	};
}
