import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class SavvycalApi implements ICredentialType {
	name = 'savvycalApi';

	displayName = 'SavvyCal Appointments API';

	icon: Icon = {
		light: 'file:../nodes/Savvycal/savvycal.svg',
		dark: 'file:../nodes/Savvycal/savvycal.dark.svg',
	};

	documentationUrl = 'https://github.com/example/n8n-nodes-savvycal#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.savvycal.app',
			placeholder: 'e.g. https://api.savvycal.app',
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
				'The token of an account, which acts on that account; the token of a platform, which acts on the account that the header X-SavvyCal-Account names; or a JSON Web Token, which acts for one user and expires',
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			default: '',
			placeholder: 'e.g. acct_5b21e90c47fa',
			description:
				'ID of the account that the request acts on. It goes with a platform token, which can act on several; an account token has its own. The test of the credential sends it as well: fill it in where access depends on it.',
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
			url: '/v1/account',
			headers: {
				'X-SavvyCal-Account': '={{$credentials.account || undefined}}',
			},
		},
	};
}
