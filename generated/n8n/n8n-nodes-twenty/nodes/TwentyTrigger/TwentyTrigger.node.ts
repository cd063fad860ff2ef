import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { checkExists, create, receive, remove, triggerDescriptor } from '../../runtime';
import events from './trigger.json';

const trigger = {
	descriptor: triggerDescriptor(events),
	/** The credentials, each with its fields that no message may show. */
	credentials: {
		twentyApi: ['accessToken'],
	},
};

export class TwentyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twenty Trigger',
		name: 'twentyTrigger',
		icon: {
			light: 'file:../Twenty/twenty.svg',
			dark: 'file:../Twenty/twenty.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{((it) => it.includes("*") ? "All events" : it.length > 3 ? it.length + " events" : it.join(", "))([].concat($parameter["events"] ?? []))}}',
		description: 'Starts the workflow when Twenty sends an event',
		defaults: {
			name: 'Twenty Trigger',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'twentyApi',
				required: true,
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
