// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** The node's work: for each input item a request, and items for what is answered. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Attachment } from './body';
import { connect, type Connection, type Credentials } from './connection';
import type { OperationDescriptor, Request, ResourceDescriptor } from './descriptor';
import { labelOf, nodeError } from './errors';
import { readList } from './pages';
import { read, type Source } from './read';
import { buildRequest } from './request';
import {
	emptyItem,
	fileItem,
	jsonOf,
	recordItem,
	recordItems,
	type OutputOptions,
} from './response';
import { send } from './send';
import { InvalidValue } from './values';

/** What a node consists of. */
export interface Api {
	resources: ResourceDescriptor[];
	credentials: Credentials;
}

/** How many records a list gives where the node has no parameter that says it. */
const USUAL_LIMIT = 50;

/** n8n's `execute()` of a node. */
export async function execute(this: IExecuteFunctions, api: Api): Promise<INodeExecutionData[][]> {
	// Reading what is not there would be an error, and all items have the same parameters.
	const set = new Set(Object.keys(this.getNode().parameters));
	const authentication = set.has('authentication')
		? this.getNodeParameter('authentication', 0)
		: '';
	const connection = await connect(this, api.credentials, authentication);
	const output: INodeExecutionData[] = [];
	const items = this.getInputData().length;
	for (let item = 0; item < items; item++) {
		try {
			for (const found of await runItem(this, api, connection, item, set)) {
				output.push({ ...found, pairedItem: { item } });
			}
		} catch (error) {
			const shown = nodeError(this.getNode(), error, item);
			if (!this.continueOnFail()) throw shown;
			output.push({ json: { error: shown.message }, pairedItem: { item } });
		}
	}
	return [output];
}

async function runItem(
	context: IExecuteFunctions,
	{ resources }: Api,
	connection: Connection,
	item: number,
	set: Set<string>,
): Promise<INodeExecutionData[]> {
	const { resource, operation } = chosen(context, resources, item);
	const source = sourceOf(context, resource, item, set);
	try {
		return await run(context, connection, operation.request, source, item);
	} catch (error) {
		const label = (path: string[]) => labelOf(resource.properties, operation.value, path);
		throw nodeError(context.getNode(), error, item, label);
	}
}

function chosen(
	context: IExecuteFunctions,
	resources: ResourceDescriptor[],
	item: number,
): { resource: ResourceDescriptor; operation: OperationDescriptor } {
	const name = context.getNodeParameter('resource', item);
	const resource = resources.find((known) => known.resource.value === name);
	if (resource === undefined) throw new InvalidValue(['Resource'], 'a resource of this API', name);
	const value = context.getNodeParameter('operation', item);
	const operation = resource.operations.find((known) => known.value === value);
	if (operation === undefined) {
		throw new InvalidValue(['Operation'], `an operation of ${resource.resource.name}`, value);
	}
	return { resource, operation };
}

/** The node's parameters for an item: each is resolved once, and only when a request asks for it. */
function sourceOf(
	context: IExecuteFunctions,
	{ shapes = {} }: ResourceDescriptor,
	item: number,
	set: Set<string>,
): Source {
	const known = new Map<string, unknown>();
	const parameter = (name: string): unknown => {
		if (!known.has(name) && set.has(name)) known.set(name, context.getNodeParameter(name, item));
		return known.get(name);
	};
	return { parameter, shapes, timezone: context.getTimezone() };
}

async function run(
	context: IExecuteFunctions,
	connection: Connection,
	request: Request,
	source: Source,
	item: number,
): Promise<INodeExecutionData[]> {
	const { response, pagination } = request;
	const outgoing = await buildRequest(request, source, fileReader(context, item));
	const options = outputOptions(request, source);
	if (pagination !== undefined) {
		const records = await readList(connection, pagination, outgoing, limitOf(source));
		return records.map((record) => ({ json: recordItem(record, response, options) }));
	}
	const answer = await send(connection, outgoing);
	if (response.as === 'nothing' || answer.body.length === 0) {
		return [{ json: emptyItem(response, options) }];
	}
	switch (response.as) {
		case 'text':
			return [{ json: recordItem(answer.body.toString('utf8'), response, options) }];
		case 'binary': {
			const property = source.parameter('binaryPropertyName') ?? 'data';
			return [await fileItem(context, answer, String(property))];
		}
		case 'json': {
			const body = jsonOf(connection, answer, outgoing);
			return recordItems(body, response, options).map((json) => ({ json }));
		}
	}
}

/** How many records are wanted; `undefined` for all. */
function limitOf(source: Source): number | undefined {
	if (read({ at: ['returnAll'], shape: 'boolean' }, source) === true) return undefined;
	const limit = read({ at: ['limit'], shape: 'integer' }, source) ?? USUAL_LIMIT;
	if (typeof limit === 'number' && limit >= 1) return limit;
	throw new InvalidValue(['limit'], 'a whole number from 1', limit);
}

function outputOptions({ response, parameters }: Request, source: Source): OutputOptions {
	const simplify =
		response.simplify !== undefined &&
		read({ at: ['simplify'], shape: 'boolean' }, source) === true;
	const name = response.deleted?.id;
	const parameter = parameters?.find((known) => known.in === 'path' && known.name === name);
	const id =
		name === undefined || parameter === undefined ? undefined : read(parameter.shape, source);
	return typeof id === 'string' || typeof id === 'number' ? { simplify, id } : { simplify };
}

/** Reads the files of an item. */
function fileReader(context: IExecuteFunctions, item: number) {
	return async (property: string): Promise<Attachment> => {
		const { fileName, mimeType } = context.helpers.assertBinaryData(item, property);
		const content = await context.helpers.getBinaryDataBuffer(item, property);
		return { content, name: fileName ?? property, type: mimeType };
	};
}
