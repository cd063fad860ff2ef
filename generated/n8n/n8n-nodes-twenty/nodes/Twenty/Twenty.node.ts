import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { descriptors, execute, listSearch, properties } from '../../runtime';
import apiKeys from './resources/apiKeys.json';
import attachments from './resources/attachments.json';
import blocklists from './resources/blocklists.json';
import calendarChannels from './resources/calendarChannels.json';
import calendarChannelEventAssociations from './resources/calendarChannelEventAssociations.json';
import calendarEvents from './resources/calendarEvents.json';
import calendarEventParticipants from './resources/calendarEventParticipants.json';
import companies from './resources/companies.json';
import connectedAccounts from './resources/connectedAccounts.json';
import favorites from './resources/favorites.json';
import favoriteFolders from './resources/favoriteFolders.json';
import general from './resources/general.json';
import messages from './resources/messages.json';
import messageChannels from './resources/messageChannels.json';
import messageChannelMessageAssociations from './resources/messageChannelMessageAssociations.json';
import messageFolders from './resources/messageFolders.json';
import messageParticipants from './resources/messageParticipants.json';
import messageThreads from './resources/messageThreads.json';
import notes from './resources/notes.json';
import noteTargets from './resources/noteTargets.json';
import opportunities from './resources/opportunities.json';
import people from './resources/people.json';
import tasks from './resources/tasks.json';
import taskTargets from './resources/taskTargets.json';
import timelineActivities from './resources/timelineActivities.json';
import views from './resources/views.json';
import viewFields from './resources/viewFields.json';
import viewFilters from './resources/viewFilters.json';
import viewFilterGroups from './resources/viewFilterGroups.json';
import viewGroups from './resources/viewGroups.json';
import viewSorts from './resources/viewSorts.json';
import webhooks from './resources/webhooks.json';
import workflows from './resources/workflows.json';
import workflowAutomatedTriggers from './resources/workflowAutomatedTriggers.json';
import workflowRuns from './resources/workflowRuns.json';
import workflowVersions from './resources/workflowVersions.json';
import workspaceMembers from './resources/workspaceMembers.json';

const resources = descriptors([
	apiKeys,
	attachments,
	blocklists,
	calendarChannels,
	calendarChannelEventAssociations,
	calendarEvents,
	calendarEventParticipants,
	companies,
	connectedAccounts,
	favorites,
	favoriteFolders,
	general,
	messages,
	messageChannels,
	messageChannelMessageAssociations,
	messageFolders,
	messageParticipants,
	messageThreads,
	notes,
	noteTargets,
	opportunities,
	people,
	tasks,
	taskTargets,
	timelineActivities,
	views,
	viewFields,
	viewFilters,
	viewFilterGroups,
	viewGroups,
	viewSorts,
	webhooks,
	workflows,
	workflowAutomatedTriggers,
	workflowRuns,
	workflowVersions,
	workspaceMembers,
]);

/** The credentials, each with its fields that no message may show. */
const credentials = {
	twentyApi: ['accessToken'],
};

export class Twenty implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twenty',
		name: 'twenty',
		icon: {
			light: 'file:twenty.svg',
			dark: 'file:twenty.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Consume the Twenty API',
		defaults: {
			name: 'Twenty',
		},
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'twentyApi',
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
