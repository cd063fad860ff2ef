// @ts-check
'use strict';
/** A package whose operations are filled in and run in n8n's own code. */
const { fill: fillCredential, hasSecret } = require('./credentials.cjs');
const { run } = require('./context.cjs');
const { fill } = require('./form/fill.cjs');
const { NoPlace } = require('./form/place.cjs');
const { Package, action } = require('./package.cjs');

class Tool {
	/** @param {any} n8n its code @param {string} folder of the package */
	constructor(n8n, folder) {
		this.n8n = n8n;
		this.package = new Package(folder);
		/** @type {Map<string, import('./package.cjs').Operation[]>} */
		this.operations = grouped(this.package.operations(), ({ request }) => action(request));
	}

	/** How the package's operations are found for an action: text of a path is written as it is sent. @param {string} id */
	key(id) {
		const [method = '', path = ''] = id.split(' ');
		const literal = path.replace(/\{[^}]*\}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gu, (it) => (it.startsWith('{') ? it : encodeURIComponent(it)));
		return `${method} ${literal}`;
	}

	/** @param {string} id @returns {import('./package.cjs').Operation} */
	operation(id) {
		const found = this.operations.get(this.key(id)) ?? [];
		const [operation] = found;
		if (!operation || found.length > 1) throw new NoPlace(`${found.length} operations of the package send it`);
		return operation;
	}

	/** @param {import('./package.cjs').Operation} operation @param {any} given @param {any} [choices] */
	fill(operation, given, choices = {}) {
		const authentication = this.#choice(given)?.parameters;
		return fill(this, operation, given, { ...choices, parameters: { ...authentication, ...choices.parameters } });
	}

	/**
	 * Runs the node with credentials for a server.
	 *
	 * @param {string} baseUrl
	 * @param {import('./form/fill.cjs').Case} given whose credentials are meant
	 * @param {{ parameters: any, items?: any[], settings?: any, token?: string, binary?: any }} job
	 */
	async run(baseUrl, given, { token, binary, ...job }) {
		const type = this.#choice(given)?.type;
		const credential = type && { name: type.name, data: fillCredential(type, { baseUrl, token }) };
		const operations = this.operations.get(this.key(given.action)) ?? [];
		// An operation with a server of its own would leave this machine.
		for (const { request } of operations) if (request.server) request.server = { url: baseUrl };
		const items = job.items ?? [{ json: {} }];
		return await run(this.n8n, this.#node(), { ...job, credential, items: items.map((item) => ({ ...item, ...(binary && { binary }) })) });
	}

	/** Whether the credential of a case has anything that must stay hidden. @param {import('./form/fill.cjs').Case} given */
	hasSecret(given) {
		const type = this.#choice(given)?.type;
		return type !== undefined && hasSecret(type);
	}

	#node() {
		return { node: this.package.node, credentials: this.package.credentials };
	}

	/** The ways to authenticate: the credential, and what is chosen in the node for it. */
	#choices() {
		const { credentials = [], properties } = this.package.node.description;
		return credentials.map((/** @type {any} */ credential) => {
			const show = credential.displayOptions?.show ?? {};
			const chosen = Object.entries(show).filter(([name]) => properties.some((/** @type {any} */ it) => it.name === name));
			return {
				type: this.package.credentials.get(credential.name),
				parameters: Object.fromEntries(chosen.map(([name, values]) => [name, /** @type {any[]} */ (values)[0]])),
			};
		});
	}

	/** The way that a case is authenticated. @param {Pick<import('./form/fill.cjs').Case, 'request'>} given */
	#choice({ request }) {
		const choices = this.#choices();
		return choices.find((/** @type {any} */ choice) => this.fits(choice.type, request)) ?? choices[0];
	}

	/** Whether a credential is the one that a request was made with. @param {any} type @param {import('./form/fill.cjs').Case['request']} request */
	fits(type, request) {
		if (type.extends?.includes('oAuth2Api')) return request.headers.authorization?.startsWith('Bearer ');
		const { headers = {}, qs = {}, auth } = type.authenticate?.properties ?? {};
		const query = new URLSearchParams(request.target.split('?')[1] ?? '');
		return (
			Object.keys(headers).every((name) => request.headers[name.toLowerCase()] !== undefined) &&
			Object.keys(qs).every((name) => query.has(name)) &&
			(auth === undefined || request.headers.authorization?.startsWith('Basic '))
		);
	}
}

/** @template T @param {T[]} values @param {(value: T) => string} key */
function grouped(values, key) {
	/** @type {Map<string, T[]>} */
	const groups = new Map();
	for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
	return groups;
}

module.exports = { Tool };
