/** Where requests go and with what credential. */
import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

/**
 * The name of the credential type; where the node has a parameter `authentication`, the names by its
 * values.
 */
export type Credentials = string | Record<string, string>;

/** What runs the node: an execution, or the editor that fills a list. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** Where requests go. */
export interface Connection {
	context: Context;
	/** The name of the credential type. */
	credential: string;
	/** Without query and fragment. */
	baseUrl: string;
	/** What no message may repeat. */
	secrets: string[];
}

/** Shorter values are words that messages need. */
const SHORTEST_SECRET = 6;

/** Reads the credential, once for all items. */
export async function connect(
	context: Context,
	credentials: Credentials,
	authentication: unknown,
): Promise<Connection> {
	const credential =
		typeof credentials === 'string' ? credentials : credentials[String(authentication)];
	if (credential === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`There is no credential for the authentication "${String(authentication)}"`,
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
		secrets: secretsIn(data),
	};
}

function secretsIn({ baseUrl, ...rest }: ICredentialDataDecryptedObject): string[] {
	const found: string[] = [];
	const collect = (value: unknown): void => {
		if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
		else if (typeof value === 'string' && value.length >= SHORTEST_SECRET) found.push(value);
	};
	collect(rest);
	// The longest first: one may contain another.
	return found.filter((text) => text !== baseUrl).sort((one, other) => other.length - one.length);
}
