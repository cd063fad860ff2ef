import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHookFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { checkExists, create, receive, remove, testSecret, triggerDescriptor } from '../../runtime';
import events from './trigger.json';

const trigger = {
	descriptor: triggerDescriptor(events),
	/** The credentials, each with its fields that no message may show. */
	credentials: {},
	/** The credential with the secret that deliveries are signed with. */
	signedWith: 'savvycalWebhookApi',
};

export class SavvycalTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SavvyCal Appointments Trigger',
		name: 'savvycalTrigger',
		icon: {
			light: 'file:../Savvycal/savvycal.svg',
			dark: 'file:../Savvycal/savvycal.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{((it) => it.includes("*") ? "All events" : it.length > 3 ? it.length + " events" : it.join(", "))([].concat($parameter["events"] ?? []))}}',
		description: 'Starts the workflow when SavvyCal Appointments sends an event',
		defaults: {
			name: 'SavvyCal Appointments Trigger',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'savvycalWebhookApi',
				required: true,
				testedBy: 'testSecret',
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		properties: trigger.descriptor.properties,
	};

	methods = {
		credentialTest: {
			async testSecret(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return await testSecret.call(this, trigger.descriptor.signature, credential);
			},
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkExists.call(this, trigger);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await create.call(this, trigger);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await remove.call(this, trigger);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive.call(this, trigger);
	}
}
