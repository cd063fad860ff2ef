import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { descriptors, execute, listSearch, properties } from '../../runtime';
import accounts from './resources/accounts.json';
import accountUsers from './resources/accountUsers.json';
import appointments from './resources/appointments.json';
import blocks from './resources/blocks.json';
import cancellationReasons from './resources/cancellationReasons.json';
import clients from './resources/clients.json';
import dashboardSessions from './resources/dashboardSessions.json';
import platforms from './resources/platforms.json';
import providers from './resources/providers.json';
import providerSchedules from './resources/providerSchedules.json';
import publicBooking from './resources/publicBooking.json';
import roles from './resources/roles.json';
import services from './resources/services.json';
import timeSlots from './resources/timeSlots.json';

const resources = descriptors([
	accounts,
	accountUsers,
	appointments,
	blocks,
	cancellationReasons,
	clients,
	dashboardSessions,
	platforms,
	providers,
	providerSchedules,
	publicBooking,
	roles,
	services,
	timeSlots,
]);

/** The credentials, each with its fields that no message may show. */
const credentials = {
	savvycalApi: ['accessToken'],
};

export class Savvycal implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SavvyCal Appointments',
		name: 'savvycal',
		icon: {
			light: 'file:savvycal.svg',
			dark: 'file:savvycal.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Consume the SavvyCal Appointments API',
		defaults: {
			name: 'SavvyCal Appointments',
		},
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'savvycalApi',
				required: true,
			},
		],
		properties: properties(resources),
	};

	methods = {
		listSearch: listSearch(resources, credentials),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this, { resources, credentials });
	}
}
