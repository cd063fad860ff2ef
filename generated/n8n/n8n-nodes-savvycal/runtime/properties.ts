// A copy of the runtime of Specwright 0.1.0. Do not edit.
import type { INodeProperties } from 'n8n-workflow';

import type { ResourceDescriptor } from './descriptor';

/** The parameters of a node: its Resource, the Operation for each resource, and those of the operations. */
export function properties(resources: ResourceDescriptor[]): INodeProperties[] {
	return [
		resourceSelector(resources),
		...resources.map(operationSelector),
		...resources.flatMap((resource) => resource.properties),
	];
}

function resourceSelector(resources: ResourceDescriptor[]): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ resource }) => resource),
		default: resources[0]?.resource.value ?? '',
	};
}

function operationSelector({ resource, operations }: ResourceDescriptor): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: operations.map(({ value, name, action, description }) => ({
			name,
			value,
			action,
			...(description === undefined ? {} : { description }),
		})),
		default: operations[0]?.value ?? '',
	};
}
