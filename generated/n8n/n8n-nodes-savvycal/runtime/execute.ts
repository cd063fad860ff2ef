// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** The node's work: for each input item a request, and items for what is answered. */
import {
	NodeOperationError,
	type IBinaryData,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Attachment } from './body';
import {
	connect,
	isCancelled,
	throwIfCancelled,
	type Connection,
	type Credentials,
} from './connection';
import {
	NODE_PARAMETERS,
	type OperationDescriptor,
	type Request,
	type ResourceDescriptor,
	type ResponseReading,
} from './descriptor';
import { labelOf, nodeError } from './errors';
import { readList } from './pages';
import { read, type Source } from './read';
import { buildRequest } from './request';
import {
	emptyItem,
	fileItem,
	jsonOf,
	listIn,
	recordIn,
	recordItem,
	textOf,
	type OutputOptions,
} from './response';
import { send } from './send';
import { InvalidValue, member, type FileReference } from './values';

/** What a node consists of. */
export interface Api {
	resources: ResourceDescriptor[];
	credentials: Credentials;
}

/** How many records a list gives where the node has no parameter that says it. */
const USUAL_LIMIT = 50;

/** Where a file goes where the user names no property. */
const USUAL_PROPERTY = 'data';

/** The status of an answer that has no body, not even an empty one (RFC 9110, section 15.3.5). */
const NO_CONTENT = 204;

/** n8n's `execute()` of a node. */
export async function execute(this: IExecuteFunctions, api: Api): Promise<INodeExecutionData[][]> {
	// Reading what is not there would be an error, and all items have the same parameters.
	const set = new Set(Object.keys(this.getNode().parameters));
	const authentication = set.has(NODE_PARAMETERS.authentication)
		? this.getNodeParameter(NODE_PARAMETERS.authentication, 0)
		: '';
	const connection = await connect(this, api.credentials, authentication);
	const output: INodeExecutionData[] = [];
	const items = this.getInputData().length;
	for (let item = 0; item < items; item++) {
		throwIfCancelled(this);
		try {
			for (const found of await runItem(this, api, connection, item, set)) {
				output.push({ ...found, pairedItem: { item } });
			}
		} catch (error) {
			const shown = nodeError(this.getNode(), error, item);
			if (!this.continueOnFail() || isCancelled(this)) throw shown;
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
	const source = { ...sourceOf(context, resource, item, set), credential: connection.fields };
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
	const response = readingOf(request, source);
	const outgoing = await buildRequest({ ...request, response }, source, fileReader(context, item));
	const options = outputOptions(request, source);
	const pagination = response === request.response ? request.pagination : undefined;
	if (pagination !== undefined) {
		const records = await readList(connection, pagination, outgoing, limitOf(source));
		return records.map((record) => ({ json: recordItem(record, response, options) }));
	}
	const answer = await send(connection, outgoing);
	if (response.as === 'binary' && answer.status !== NO_CONTENT) {
		const property = source.parameter(NODE_PARAMETERS.binaryPropertyName);
		return [await fileItem(context, answer, String(property ?? '').trim() || USUAL_PROPERTY)];
	}
	if (response.as === 'nothing' || answer.body.length === 0) {
		return [{ json: emptyItem(response, options) }];
	}
	if (response.as === 'text') return [{ json: recordItem(textOf(answer), response, options) }];
	const body = await jsonOf(connection, answer, outgoing);
	const keys = response.data ?? [];
	const records = response.list
		? await listIn(connection, { answer, body }, outgoing, keys)
		: [recordIn(body, keys)];
	return records.map((record) => ({ json: recordItem(record, response, options) }));
}

/**
 * How the answer is read: as the user's media type, where the operation has several. What the document does
 * not name, which an expression can give, comes as a file.
 */
function readingOf({ response }: Request, source: Source): ResponseReading {
	if (response.others === undefined) return response;
	const at = NODE_PARAMETERS.responseMediaType.split('.');
	const accept = read({ at, shape: 'option' }, source);
	if (accept === undefined || accept === null || accept === response.accept) return response;
	const known = member(response.others, String(accept)) as ResponseReading['as'] | undefined;
	return { accept: String(accept), as: known ?? 'binary', deleted: response.deleted };
}

/** How many records are wanted; `undefined` for all. */
function limitOf(source: Source): number | undefined {
	if (read({ at: [NODE_PARAMETERS.returnAll], shape: 'boolean' }, source) === true)
		return undefined;
	const limit = read({ at: [NODE_PARAMETERS.limit], shape: 'integer' }, source) ?? USUAL_LIMIT;
	if (typeof limit === 'number' && limit >= 1) return limit;
	throw new InvalidValue([NODE_PARAMETERS.limit], 'a whole number from 1', limit);
}

function outputOptions({ response, parameters }: Request, source: Source): OutputOptions {
	const simplify =
		response.simplify !== undefined &&
		read({ at: [NODE_PARAMETERS.simplify], shape: 'boolean' }, source) === true;
	const name = response.deleted?.id;
	const parameter = parameters?.find((known) => known.in === 'path' && known.name === name);
	const id =
		name === undefined || parameter === undefined ? undefined : read(parameter.shape, source);
	return typeof id === 'string' || typeof id === 'number' ? { simplify, id } : { simplify };
}

/** Reads the files of an item. */
function fileReader(context: IExecuteFunctions, item: number) {
	return async (file: FileReference['file']): Promise<Attachment> => {
		const { fileName, mimeType } = metadataOf(context, item, file);
		const content = await context.helpers.getBinaryDataBuffer(item, file);
		const name = fileName ?? (typeof file === 'string' ? file : USUAL_PROPERTY);
		return { content, name, type: mimeType };
	};
}

function metadataOf(
	context: IExecuteFunctions,
	item: number,
	file: FileReference['file'],
): IBinaryData {
	try {
		return context.helpers.assertBinaryData(item, file);
	} catch (error) {
		// n8n expects items with files, and a tool of an AI agent has none. Its own errors stay as they are.
		const message = error instanceof TypeError ? 'There is no item that has a file' : undefined;
		throw new NodeOperationError(context.getNode(), error as Error, { message, itemIndex: item });
	}
}
