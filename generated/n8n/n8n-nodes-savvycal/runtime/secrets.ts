// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** What no message may repeat of a credential. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Connection } from './connection';
import { dig } from './values';

/** Shorter values are parts of words that messages need. */
const SHORTEST_SECRET = 4;

/** What n8n keeps of an OAuth2 sign-in (RFC 6749, section 5.1; OpenID Connect). */
const TOKENS = ['access_token', 'refresh_token', 'id_token'];

/** The secrets of a credential, in all forms in which a server may repeat them. */
export function secretsIn(data: ICredentialDataDecryptedObject, fields: string[]): string[] {
	const places = [
		...fields.map((name) => [name]),
		...TOKENS.map((name) => ['oauthTokenData', name]),
	];
	const secrets = places
		.map((place) => dig(data, place))
		.filter((value) => typeof value === 'string')
		.filter((value) => value.length >= SHORTEST_SECRET);
	const users = Object.values(data).filter((value) => typeof value === 'string');
	return secrets.flatMap((secret) => [
		secret,
		encodeURIComponent(secret),
		...users.map((user) => Buffer.from(`${user}:${secret}`).toString('base64')),
	]);
}

/**
 * What takes the secrets out of a text.
 *
 * The credential is read again, since n8n renews tokens while a request is on its way.
 */
export async function redactor(connection: Connection): Promise<(text: string) => string> {
	const { context, credential, secretFields } = connection;
	const current = await context.getCredentials(credential).catch(() => ({}));
	const secrets = [...connection.secrets, ...secretsIn(current, secretFields)];
	// The longest first: one may contain another.
	secrets.sort((one, other) => other.length - one.length);
	return (text) => secrets.reduce((rest, secret) => rest.split(secret).join('***'), text);
}
