// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Whether a delivery was signed by somebody who knows the secret. */
import { createHmac, timingSafeEqual } from 'crypto';

import type { Signature } from './descriptor';

/** How far the time of sending may be from ours, either way, in milliseconds. */
export const TOLERANCE = 5 * 60_000;

/** What Standard Webhooks puts before a secret in base64. */
const SECRET_PREFIX = 'whsec_';

/** The bytes of an HMAC with SHA-256. */
const LENGTH = 32;

/** A delivery as it came. */
export interface Delivery {
	/** The value of a header, by its name in any case; `undefined` where it is not there exactly once. */
	header(name: string): string | undefined;
	/** The bytes of the body, which no one has read and written again. */
	raw: Buffer;
	/** When it came, in milliseconds since 1970. */
	at: number;
}

/** What a good signature shows of a delivery. */
export interface Proof {
	/** What the sender calls the delivery, and signs: the same for each time it is sent. */
	id?: string;
	/** The bytes of the signature, in hexadecimal. */
	signature: string;
}

/** What a delivery is checked for, read from its headers. */
interface Claim {
	id?: string;
	/** The decoded signatures, one of which must be right. */
	signatures: Buffer[];
	signed: Array<string | Buffer>;
}

/**
 * Checks a delivery; `undefined` where it is not known to come from somebody who knows one of the secrets,
 * or was sent too long ago.
 */
export function verify(
	signature: Signature,
	secrets: string[],
	delivery: Delivery,
): Proof | undefined {
	const claim =
		signature.scheme === 'hmacSha256' ? hmacClaim(signature, delivery) : standardClaim(delivery);
	if (claim === undefined) return undefined;
	for (const secret of secrets) {
		const key = keyOf(signature, secret);
		if (key === undefined) continue;
		const hmac = createHmac('sha256', key);
		for (const part of claim.signed) hmac.update(part);
		const expected = hmac.digest();
		const found = claim.signatures.find((it) => timingSafeEqual(it, expected));
		if (found === undefined) continue;
		return { id: claim.id, signature: found.toString('hex') };
	}
	return undefined;
}

/** The key that a secret stands for; `undefined` for one that no one signs with. */
export function keyOf({ scheme }: Signature, secret: string): Buffer | undefined {
	if (secret === '') return undefined;
	if (scheme === 'hmacSha256') return Buffer.from(secret);
	const text = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
	const key = fromBase64(text);
	return key === undefined || key.length === 0 ? undefined : key;
}

/** A secret of random bytes, as the scheme writes it. */
export function newSecret(signature: Signature | undefined, random: Buffer): string {
	const isStandard = signature?.scheme === 'standardWebhooks';
	return isStandard ? SECRET_PREFIX + random.toString('base64') : random.toString('hex');
}

function hmacClaim(
	{ header, prefix = '', encoding, signed, timestamp }: Signature & { scheme: 'hmacSha256' },
	delivery: Delivery,
): Claim | undefined {
	const written = delivery.header(header);
	if (written === undefined || !written.startsWith(prefix)) return undefined;
	const text = written.slice(prefix.length);
	const value = encoding === 'hex' ? fromHex(text) : fromBase64(text);
	if (value?.length !== LENGTH) return undefined;
	let time = '';
	if (timestamp !== undefined) {
		time = delivery.header(timestamp.header) ?? '';
		if (!isRecent(time, timestamp.unit === 'seconds' ? 1000 : 1, delivery)) return undefined;
	}
	const parts = signed.map((part) => {
		if (part === 'body') return delivery.raw;
		return part === 'timestamp' ? time : part.text;
	});
	return { signatures: [value], signed: parts };
}

function standardClaim(delivery: Delivery): Claim | undefined {
	const id = delivery.header('webhook-id');
	const time = delivery.header('webhook-timestamp');
	const written = delivery.header('webhook-signature');
	if (!id || time === undefined || written === undefined) return undefined;
	if (!isRecent(time, 1000, delivery)) return undefined;
	const versions = written.split(' ').filter((it) => it.startsWith('v1,'));
	const signatures = versions.flatMap((it) => fromBase64(it.slice(3)) ?? []);
	return {
		id,
		signatures: signatures.filter((it) => it.length === LENGTH),
		signed: [id, '.', time, '.', delivery.raw],
	};
}

function isRecent(time: string, milliseconds: number, { at }: Delivery): boolean {
	if (!/^\d{1,15}$/.test(time)) return false;
	return Math.abs(at - Number(time) * milliseconds) <= TOLERANCE;
}

function fromHex(text: string): Buffer | undefined {
	return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}

/** As RFC 4648, section 4 has it, with its padding. */
function fromBase64(text: string): Buffer | undefined {
	const isWhole = text.length > 0 && text.length % 4 === 0;
	if (!isWhole || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
	return Buffer.from(text, 'base64');
}
