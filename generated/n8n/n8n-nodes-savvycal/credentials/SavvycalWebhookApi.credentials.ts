import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class SavvycalWebhookApi implements ICredentialType {
	name = 'savvycalWebhookApi';

	displayName = 'SavvyCal Appointments Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Savvycal/savvycal.svg',
		dark: 'file:../nodes/Savvycal/savvycal.dark.svg',
	};

	documentationUrl = 'https://github.com/example/n8n-nodes-savvycal#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			required: true,
			typeOptions: {
				password: true,
			},
			default: '',
			description: 'What the deliveries of this webhook are signed with. It is never sent.',
		},
	];
}
