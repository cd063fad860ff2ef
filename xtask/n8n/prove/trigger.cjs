// @ts-check
'use strict';
/** The package's trigger in n8n's own contexts, in a workflow of its own. */
const { fill, helper } = require('./credentials.cjs');

let workflows = 0;

/** A secret that every scheme can sign with: for some it is text, for others base64. */
const SECRET = 'whsec_c2VjcmV0LXNlY3JldA==';

class Trigger {
	/**
	 * @param {import('./subject.cjs').Subject} subject
	 * @param {string} baseUrl of the API
	 * @param {{ events?: string[], signingSecret?: string, rawData?: boolean }} choices
	 */
	constructor(subject, baseUrl, { events, signingSecret = SECRET, rawData }) {
		this.core = subject.n8n.core;
		this.node = subject.package.trigger;
		if (!this.node) throw new Error('the package has no trigger');
		const { description } = this.node;
		const types = (description.credentials ?? []).filter(
			// Of several ways to authenticate the first is chosen.
			(/** @type {any} */ it, /** @type {number} */ index) => index === 0 || !it.displayOptions,
		);
		const data = Object.assign({}, ...types.map((/** @type {any} */ it) => fill(subject.package.credentials.get(it.name), { baseUrl })), { signingSecret });
		if (!('baseUrl' in data)) data.baseUrl = baseUrl;
		const nodeTypes = { getByName: () => this.node, getByNameAndVersion: () => this.node, getKnownTypes: () => ({}) };
		const credentials = Object.fromEntries(types.map((/** @type {any} */ it, /** @type {number} */ index) => [it.name, { id: String(index), name: 'Test' }]));
		const raw = { id: 'n', name: 'Node', type: `package.${description.name}`, typeVersion: description.version, position: [0, 0], webhookId: 'hook', credentials };
		const { Workflow, NodeHelpers } = subject.n8n.workflow;
		const chosen = { ...(events && { events }), ...(rawData && { options: { rawData } }) };
		const parameters = NodeHelpers.getNodeParameters(description.properties, chosen, true, false, raw, description);
		this.workflow = new Workflow({ id: `trigger-${++workflows}`, nodes: [{ ...raw, parameters }], connections: {}, active: true, nodeTypes });
		this.own = this.workflow.getNode('Node');
		/** What n8n complains of before it activates the workflow. */
		this.issues = NodeHelpers.getNodeParametersIssues(description.properties, this.own, description)?.parameters ?? {};
		this.additionalData = {
			credentialsHelper: helper(subject.package.credentials, this.workflow, data),
			variables: {},
			userId: 'user',
			currentNodeParameters: {},
			webhookBaseUrl: 'https://n8n.example.com/webhook',
			webhookTestBaseUrl: 'https://n8n.example.com/webhook-test',
		};
		const webhook = description.webhooks[0];
		this.webhook = { node: 'Node', path: `hook/${webhook.path}`, webhookDescription: webhook, httpMethod: webhook.httpMethod, workflowId: this.workflow.id, workflowExecuteAdditionalData: this.additionalData, isTest: false };
		this.url = `https://n8n.example.com/webhook/hook/${webhook.path}`;
	}

	/** Another choice in the same workflow. @param {string[]} events */
	choose(events) {
		this.own.parameters.events = events;
	}

	/** @param {'checkExists' | 'create' | 'delete'} method @returns {Promise<{ result?: boolean, error?: any }>} */
	async hook(method) {
		const context = new this.core.HookContext(this.workflow, this.own, this.additionalData, 'trigger', 'activate', this.webhook);
		await this.workflow.expression.acquireIsolate?.();
		try {
			return { result: await this.node.webhookMethods.default[method].call(context) };
		} catch (error) {
			return { error };
		} finally {
			await this.workflow.expression.releaseIsolate?.();
		}
	}

	/**
	 * A request to the trigger's URL: its answer, and the items with which the workflow starts, if it does.
	 *
	 * @param {import('./sign.cjs').Delivery} delivery
	 * @returns {Promise<{ status: number, items?: any[], error?: any }>}
	 */
	async deliver({ headers, body }) {
		const rawBody = Buffer.from(body);
		const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
		const request = { headers: lower, rawHeaders: Object.entries(headers).flat(), query: {}, params: {}, body: JSON.parse(body), rawBody, readRawBody: async () => {} };
		let status = 200;
		/** @type {any} */
		const response = { status: (/** @type {number} */ code) => ((status = code), response), json: () => response };
		const data = { ...this.additionalData, httpRequest: request, httpResponse: response };
		const context = new this.core.WebhookContext(this.workflow, this.own, data, 'webhook', this.webhook, [], null);
		const before = JSON.parse(JSON.stringify(this.workflow.staticData['node:Node'] ?? {}));
		await this.workflow.expression.acquireIsolate?.();
		try {
			const { workflowData } = await this.node.webhook.call(context);
			// n8n 2.40 loses what is written here when the workflow starts.
			if (workflowData) this.workflow.overrideStaticData({ 'node:Node': before });
			return { status, items: workflowData?.[0] };
		} catch (error) {
			return { status: 500, error };
		} finally {
			await this.workflow.expression.releaseIsolate?.();
		}
	}
}

module.exports = { SECRET, Trigger };
