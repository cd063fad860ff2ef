// @ts-check
'use strict';
/** Runs a node through n8n-core, as n8n does. */
const { helper } = require('./credentials.cjs');

/**
 * @typedef {object} Job
 * @property {any} parameters as the editor has them
 * @property {{ name: string, data: any }} [credential]
 * @property {{ json: any, binary?: any }[]} [items]
 * @property {any} [settings] of the node: `{ onError: 'continueRegularOutput' }`
 */

/**
 * The workflow with the one node, what n8n complains of in its parameters, and what a context needs.
 * The parameters are those that the editor saves: without what is as it was by default.
 *
 * @param {any} n8n
 * @param {{ node: any, credentials: Map<string, any> }} subject
 * @param {Job} job
 */
function prepare({ workflow: W }, subject, job) {
	const { description } = subject.node;
	const typeVersion = [description.version].flat().at(-1);
	const credentials = job.credential ? { [job.credential.name]: { id: '1', name: 'Test' } } : {};
	const type = `package.${description.name}`;
	const raw = { id: 'n', name: 'Node', type, typeVersion, position: [0, 0], credentials, ...job.settings };
	const { properties } = description;
	const saved = W.NodeHelpers.getNodeParameters(properties, job.parameters, false, false, raw, description);
	const nodeTypes = { getByName: () => subject.node, getByNameAndVersion: () => subject.node, getKnownTypes: () => ({}) };
	const workflow = new W.Workflow({ id: 'w', name: 'w', nodes: [{ ...raw, parameters: saved }], connections: {}, active: false, nodeTypes, settings: {} });
	const node = workflow.getNode('Node');
	const additionalData = {
		credentialsHelper: helper(subject.credentials, workflow, job.credential?.data ?? {}),
		variables: {},
		executionId: '1',
		userId: 'user',
		currentNodeParameters: node.parameters,
		restApiUrl: '',
		instanceBaseUrl: '',
		formWaitingBaseUrl: '',
		webhookBaseUrl: '',
		webhookTestBaseUrl: '',
		webhookWaitingBaseUrl: '',
		hooks: undefined,
		setExecutionStatus() {},
	};
	const issues = W.NodeHelpers.getNodeParametersIssues(properties, node, description);
	return { workflow, node, additionalData, issues: issues?.parameters ?? {}, saved };
}

/**
 * One execution. An error of the node is in the result, as it was thrown; `cpu` is its processor time in
 * microseconds.
 *
 * @param {any} n8n
 * @param {{ node: any, credentials: Map<string, any> }} subject
 * @param {Job} job
 * @returns {Promise<{ items: any[], error: any, cpu: number, issues: any, saved: any }>}
 */
async function run(n8n, subject, job) {
	const { workflow, node, additionalData, issues, saved } = prepare(n8n, subject, job);
	const items = job.items ?? [{ json: {} }];
	const input = { main: [items] };
	const execution = {
		resultData: { runData: {} },
		executionData: { contextData: {}, nodeExecutionStack: [], metadata: {}, waitingExecution: {}, waitingExecutionSource: {} },
	};
	const data = { node, data: input, source: null };
	const context = new n8n.core.ExecuteContext(workflow, node, additionalData, 'manual', execution, 0, items, input, data, []);
	await workflow.expression.acquireIsolate?.();
	const start = process.cpuUsage();
	const cpu = () => {
		const { user, system } = process.cpuUsage(start);
		return user + system;
	};
	try {
		const output = subject.node.execute
			? await subject.node.execute.call(context)
			: await new n8n.core.RoutingNode(context, subject.node).runNode();
		return { items: output?.[0] ?? [], error: undefined, cpu: cpu(), issues, saved };
	} catch (error) {
		return { items: [], error, cpu: cpu(), issues, saved };
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

module.exports = { prepare, run };
