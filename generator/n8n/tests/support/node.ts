/** Runs operations in n8n's own contexts, without a server or a database. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import * as n8n from 'n8n-workflow';
import type {
	IBinaryData,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeProperties,
	INodeType,
	NodeApiError,
} from 'n8n-workflow';

import { descriptors, execute, listSearch, properties } from '../../runtime';
import type { Request, ResourceDescriptor } from '../../runtime/descriptor';

process.env.N8N_USER_FOLDER ??= join(tmpdir(), 'specwright-n8n-tests');

type Constructor<T> = new (...args: unknown[]) => T;
/** Loaded without its types, which take longer to check than everything else. */
const core = require('n8n-core') as {
	ExecuteContext: Constructor<IExecuteFunctions>;
	LoadOptionsContext: Constructor<ILoadOptionsFunctions>;
};

/** The key that the tests' credential sends, and that no error may show. */
export const SECRET = 'sk-very-secret-0123456789';

/** The node's credentials, with the fields that are secret. */
const CREDENTIALS = { testApi: ['apiKey'] };

/** How a test runs a node. */
export interface Setting {
	baseUrl?: string;
	parameters?: Record<string, unknown>;
	items?: INodeExecutionData[];
	continueOnFail?: boolean;
	timezone?: string;
	/** The key after a renewal; without it a 401 renews nothing. */
	renewed?: string;
	/** Fill in what the editor fills in: parameters that are not in `properties` go. */
	asEdited?: boolean;
	/** The credentials of the node, where they are not the usual one. */
	credentials?: Record<string, string[]>;
	/** More of the credential. */
	credential?: Record<string, unknown>;
	/** What n8n's helper does with credentials, in place of what it does here. */
	helper?: Record<string, unknown>;
	/** Cancels the execution. */
	signal?: AbortSignal;
}

/** What came out. */
export interface Outcome {
	items: INodeExecutionData[];
	/** The items' JSON. */
	json: unknown[];
	error?: NodeApiError;
}

/** A resource with one operation: `thing`, `act`. */
export function resource(
	request: Request,
	more: Partial<ResourceDescriptor> = {},
): ResourceDescriptor {
	return {
		schemaVersion: 1,
		resource: { value: 'thing', name: 'Thing' },
		operations: [{ value: 'act', name: 'Act', action: 'Act on a thing', request }],
		properties: [],
		...more,
	};
}

/** A request of which only what matters is said. */
export function request(more: Partial<Request> = {}): Request {
	const response: Request['response'] = { accept: 'application/json', as: 'json' };
	return { method: 'GET', path: ['/things'], response, ...more };
}

/** Runs the operation. */
export async function run(descriptor: ResourceDescriptor, setting: Setting): Promise<Outcome> {
	const { workflow, node, additionalData } = await prepare(descriptor, setting);
	const items = setting.items ?? [{ json: {} }];
	const inputs = { main: [items] };
	const runData = {
		resultData: { runData: {} },
		executionData: { contextData: {}, nodeExecutionStack: [], metadata: {} },
	};
	const context = new core.ExecuteContext(
		...[workflow, node, additionalData, 'manual', runData, 0, items, inputs],
		...[{ node, data: inputs, source: null }, [], setting.signal],
	);
	try {
		const credentials = setting.credentials ?? CREDENTIALS;
		const [found] = await execute.call(context, {
			resources: descriptors([descriptor]),
			credentials,
		});
		return {
			items: found,
			json: found.map(({ json }) => JSON.parse(JSON.stringify(json)) as unknown),
		};
	} catch (error) {
		return { items: [], json: [], error: error as NodeApiError };
	}
}

/** Calls a list search method. */
export async function search(
	descriptor: ResourceDescriptor,
	setting: Setting,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const { workflow, node, additionalData } = await prepare(descriptor, setting);
	const context = new core.LoadOptionsContext(workflow, node, additionalData, '');
	const method = listSearch([descriptor], CREDENTIALS)[descriptor.lookup?.method ?? ''];
	return await method.call(context, filter, token);
}

/** An item with a file. */
export function withFile(property: string, content: string | Buffer, file: Partial<IBinaryData>) {
	const data = Buffer.from(content).toString('base64');
	return {
		json: {},
		binary: { [property]: { mimeType: 'application/octet-stream', ...file, data } },
	};
}

async function prepare(descriptor: ResourceDescriptor, setting: Setting) {
	const given = { resource: 'thing', operation: 'act', ...setting.parameters };
	const type = nodeType([...properties([descriptor])]);
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const credentials = { testApi: { id: '1', name: 'Test' }, otherApi: { id: '2', name: 'Other' } };
	const workflow = new n8n.Workflow({
		id: 'w',
		name: 'w',
		nodes: [
			{
				id: 'n',
				name: 'Node',
				type: 'test.node',
				typeVersion: 1,
				position: [0, 0],
				parameters: given as n8n.INodeParameters,
				credentials,
				continueOnFail: setting.continueOnFail,
			},
		],
		connections: {},
		active: false,
		nodeTypes,
		settings: { timezone: setting.timezone ?? 'Europe/Berlin' },
	});
	const node = workflow.getNode('Node');
	if (node === null) throw new Error('the workflow has no node');
	if (!setting.asEdited) node.parameters = given as n8n.INodeParameters;
	await workflow.expression.acquireIsolate?.();
	return { workflow, node, additionalData: additionalData(setting) };
}

function nodeType(all: INodeProperties[]): INodeType {
	return {
		description: {
			displayName: 'Test',
			name: 'test',
			group: ['transform'],
			version: 1,
			description: 'Test',
			defaults: { name: 'Test' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'testApi' }, { name: 'otherApi' }],
			properties: all,
		},
	};
}

/** The same for a trigger, whose other credential has the signing secret. */
export function helper({
	baseUrl,
	signingSecret,
	credential,
}: Pick<Setting, 'baseUrl' | 'credential'> & { signingSecret?: string }) {
	return additionalData({ baseUrl, credential: { signingSecret, ...credential } });
}

/** What n8n's server adds to an execution: here, a credential that is not encrypted. */
function additionalData({ baseUrl = '', renewed, credential, helper }: Setting) {
	const data = { baseUrl, apiKey: SECRET, ...credential };
	const credentialsHelper = {
		isCredentialUsableByNode: () => true,
		getParentTypes: () => [],
		getDecrypted: async () => data,
		getCredentials: async () => ({}),
		getCredentialsProperties: () => [],
		preAuthentication: async (...[, , , , isExpired]: unknown[]) =>
			isExpired === true && renewed !== undefined ? { apiKey: renewed } : undefined,
		authenticate: async (
			credential: { apiKey: string },
			type: string,
			options: IHttpRequestOptions,
		) => {
			const headers = { ...options.headers, authorization: `Bearer ${credential.apiKey}` };
			return { ...options, headers: { ...headers, 'x-credential': type } };
		},
		...helper,
	};
	return {
		credentialsHelper,
		variables: {},
		currentNodeParameters: {},
		executionId: '1',
		userId: 'u',
		setExecutionStatus: () => undefined,
	};
}
