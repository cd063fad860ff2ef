// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** A trigger's work: a delivery starts the workflow, or does not. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { Credentials } from './connection';
import {
	NODE_PARAMETERS,
	SIGNING_SECRET,
	type Signature,
	type TriggerDescriptor,
} from './descriptor';
import { chosenIn, eventOf, isChosen, itemOf, type Message } from './events';
import { isFirst } from './replays';
import { keyOf, TOLERANCE, verify, type Delivery, type Proof } from './signature';
import { registeredIn } from './subscription';
import { dig, member } from './values';

/** What a trigger consists of. */
export interface Trigger {
	descriptor: TriggerDescriptor;
	/** The credentials with which one subscribes. */
	credentials: Credentials;
	/** The credential with the secret that deliveries are signed with, where people enter it. */
	signedWith?: string;
}

/** How long deliveries are remembered that are good whenever they come, or are sent again for hours. */
const DAY = 24 * 60 * 60_000;

/** n8n's `webhook()` of a trigger. */
export async function receive(
	this: IWebhookFunctions,
	trigger: Trigger,
): Promise<IWebhookResponseData> {
	const { descriptor } = trigger;
	const message: Message = {
		headers: this.getHeaderData(),
		query: this.getQueryData(),
		body: this.getBodyData(),
	};
	let proof: Proof | undefined;
	if (descriptor.signature !== undefined) {
		const delivery = await deliveryOf(this);
		proof = verify(descriptor.signature, await secretsOf(this, trigger), delivery);
		if (proof === undefined) return refused(this);
	}
	const event = eventOf(descriptor, message);
	const chosen = this.getNodeParameter(NODE_PARAMETERS.events, []);
	if (!isChosen(descriptor, event, chosenIn(chosen))) return {};
	// What can fail comes before a delivery is remembered: one that failed is taken when it comes again.
	const isRaw = this.getNodeParameter(NODE_PARAMETERS.rawData, false) === true;
	const json = isRaw ? { ...message } : itemOf(event, message);
	const items = this.helpers.returnJsonArray(json as never);
	if (proof !== undefined) {
		const id = proof.id ?? idIn(message, descriptor.deliveryId);
		const key = id === undefined ? `signature ${proof.signature}` : `id ${id}`;
		const isNew = isFirst(placeOf(this), key, Date.now(), periodOf(descriptor));
		// Who names its deliveries sends them again until they are acknowledged.
		if (!isNew) return id === undefined ? refused(this) : {};
	}
	return { workflowData: [items] };
}

/**
 * n8n's test of a signing credential: whether the secret is one that can be signed with. Whether it is the
 * right one, a delivery shows.
 */
export async function testSecret(
	this: ICredentialTestFunctions,
	signature: Signature | undefined,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const secret = String(member(credential.data, SIGNING_SECRET) ?? '');
	const isKey = signature !== undefined && keyOf(signature, secret) !== undefined;
	if (isKey && secret.trim() === secret) {
		return { status: 'OK', message: 'The secret is well formed. Deliveries show if it is right' };
	}
	const expected =
		signature?.scheme === 'standardWebhooks' ? 'one in base64, after "whsec_"' : 'a text';
	return {
		status: 'Error',
		message: `The signing secret must be ${expected}, without spaces around it`,
	};
}

/** The delivery, in its own bytes. */
async function deliveryOf(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody();
	const { headers, rawBody } = request;
	const rawHeaders: string[] = request.rawHeaders ?? [];
	const names = rawHeaders.filter((_, index) => index % 2 === 0).map((it) => it.toLowerCase());
	return {
		header(name) {
			const own = name.toLowerCase();
			// Of a header that is there twice, node makes one.
			const isTwice = names.indexOf(own) !== names.lastIndexOf(own);
			const value = member(headers, own);
			return typeof value === 'string' && !isTwice ? value : undefined;
		},
		raw: Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0),
		at: Date.now(),
	};
}

/** The secrets with one of which deliveries are signed. */
async function secretsOf(context: IWebhookFunctions, trigger: Trigger): Promise<string[]> {
	if (trigger.signedWith === undefined) return registeredIn(context)?.secrets ?? [];
	const data = await context.getCredentials(trigger.signedWith);
	const secret = data[SIGNING_SECRET];
	return typeof secret === 'string' ? [secret] : [];
}

function idIn({ body }: Message, keys: string[] | undefined): string | undefined {
	const id = keys === undefined ? undefined : dig(body, keys);
	return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : undefined;
}

function periodOf({ signature, deliveryId }: TriggerDescriptor): number {
	const isTimed = signature?.scheme === 'hmacSha256' && signature.timestamp !== undefined;
	return isTimed && deliveryId === undefined ? 2 * TOLERANCE : DAY;
}

/** The node that a delivery came to; what comes to it while it is edited is apart. */
function placeOf(context: IWebhookFunctions): string {
	const place = [context.getWorkflow().id, context.getNode().id, context.getMode()];
	return JSON.stringify(place);
}

/** Answers that nobody knows who sent this; the workflow is not started. */
function refused(context: IWebhookFunctions): IWebhookResponseData {
	context.getResponseObject().status(401).json({ message: 'Unauthorized' });
	return { noWebhookResponse: true };
}
