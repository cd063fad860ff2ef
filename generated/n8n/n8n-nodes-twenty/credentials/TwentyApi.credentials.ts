import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class TwentyApi implements ICredentialType {
	name = 'twentyApi';

	displayName = 'Twenty API';

	icon: Icon = {
		light: 'file:../nodes/Twenty/twenty.svg',
		dark: 'file:../nodes/Twenty/twenty.dark.svg',
	};

	documentationUrl = 'https://github.com/example/n8n-nodes-twenty#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com',
			description: 'Where the API is served, without a path of any operation',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			required: true,
			typeOptions: {
				password: true,
			},
			default: '',
			description:
				'An API key, created in the settings of the workspace under "APIs & Webhooks", or the access token of a user',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: '=Bearer {{$credentials.accessToken}}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/rest/companies',
			qs: {
				limit: 1,
			},
		},
	};
}
