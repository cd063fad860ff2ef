// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Where requests go and with what credential. */
import {
	NodeOperationError,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { secretsIn } from './secrets';
import { member } from './values';

/**
 * The names of the node's credential types, each with its fields that no message may show. Where there
 * are several, the parameter `authentication` names the one that is used.
 */
export type Credentials = Record<string, string[]>;

/** What runs the node: an execution, the editor that fills a list, or n8n when a workflow is activated. */
export type Context = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions;

/** Where requests go. */
export interface Connection {
	context: Context;
	/** The name of the credential type. */
	credential: string;
	/** Without query and fragment. */
	baseUrl: string;
	/** The credential's fields that no message may show. */
	secretFields: string[];
	/** What no message may repeat, as it was when the credential was read. */
	secrets: string[];
	/** The credential's fields, as they were then. */
	fields: Record<string, unknown>;
}

/** Reads the credential, once for all items. */
export async function connect(
	context: Context,
	credentials: Credentials,
	authentication: unknown,
): Promise<Connection> {
	const names = Object.keys(credentials);
	const credential = names.length === 1 ? names[0] : String(authentication);
	const secretFields = member(credentials, credential) as string[] | undefined;
	if (secretFields === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`There is no credential for the authentication "${credential}"`,
		);
	}
	const data = await context.getCredentials(credential);
	const baseUrl = String(data.baseUrl ?? '').trim();
	if (!/^https?:\/\/[^/?#]/i.test(baseUrl)) {
		throw new NodeOperationError(
			context.getNode(),
			"The credential's base URL must begin with https:// or http://",
		);
	}
	return {
		context,
		credential,
		baseUrl: baseUrl.replace(/[?#].*$/, ''),
		secretFields,
		secrets: secretsIn(data, secretFields),
		fields: data,
	};
}

/** @throws NodeOperationError where the execution was cancelled: nothing is sent after that. */
export function throwIfCancelled(context: Context): void {
	if (!isCancelled(context)) return;
	throw new NodeOperationError(context.getNode(), 'The execution was cancelled');
}

/** Whether the execution was cancelled. */
export function isCancelled(context: Context): boolean {
	return cancelSignal(context)?.aborted === true;
}

/** What tells that the execution is cancelled; the editor's lists have none. */
export function cancelSignal(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
