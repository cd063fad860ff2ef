// @ts-check
'use strict';
/** Credentials: filled as a user would, and applied as n8n does. */

/** What the table of cases is made with. */
const KNOWN = { token: 'secret', user: 'user', password: 'password' };

/**
 * The values of a credential's form.
 *
 * @param {any} type the credential class's instance
 * @param {{ baseUrl: string, token?: string }} values what is secret, where it is not as in the cases
 */
function fill(type, { baseUrl, token }) {
	/** @type {Record<string, any>} */
	const data = {};
	for (const property of type.properties) {
		if (property.type === 'notice') continue;
		const name = property.name.toLowerCase();
		if (property.type !== 'string') data[property.name] = property.default;
		else if (/url$/.test(name) && !/(auth|token)/.test(name)) data[property.name] = baseUrl;
		else if (/user(name)?$/.test(name)) data[property.name] = KNOWN.user;
		else if (!isSecret(property)) data[property.name] = property.default;
		else data[property.name] = token ?? (/password$/.test(name) ? KNOWN.password : KNOWN.token);
	}
	if (type.extends?.includes('oAuth2Api')) {
		data.oauthTokenData = { access_token: token ?? KNOWN.token, token_type: 'Bearer' };
		data.grantType ??= 'clientCredentials';
	}
	return data;
}

/** Whether what is typed is hidden. @param {any} property */
function isSecret(property) {
	return property.typeOptions?.password === true;
}

/** Whether a credential has anything that must stay hidden. @param {any} type */
function hasSecret(type) {
	return type.properties.some(isSecret) || type.extends?.includes('oAuth2Api');
}

/**
 * n8n's own helper is a part of its server. This one does the same with the values that are given.
 *
 * @param {Map<string, any>} types
 * @param {any} workflow
 * @param {any} data
 */
function helper(types, workflow, data) {
	const resolve = (/** @type {any} */ value) =>
		typeof value === 'string' && value.startsWith('=')
			? workflow.expression.getParameterValue(value, null, 0, 0, 'Node', [], 'internal', { $credentials: data }, undefined, false, {})
			: value;
	return {
		isCredentialUsableByNode: () => true,
		isCredentialUsableByNodeType: () => true,
		getParentTypes: (/** @type {string} */ type) => types.get(type)?.extends ?? [],
		getDecrypted: async () => data,
		getCredentials: async () => ({ id: '1', name: 'Test' }),
		getCredentialsProperties: (/** @type {string} */ type) => types.get(type)?.properties ?? [],
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		updateCredentials: async () => {},
		updateCredentialsOauthTokenData: async () => {},
		authenticate: async (/** @type {any} */ _, /** @type {string} */ type, /** @type {any} */ options) => {
			const authenticate = types.get(type)?.authenticate;
			if (typeof authenticate === 'function') return await authenticate(data, options);
			for (const [place, values] of Object.entries(authenticate?.properties ?? {})) {
				options[place] ??= {};
				for (const [name, value] of Object.entries(values)) options[place][resolve(name)] = resolve(value);
			}
			return options;
		},
	};
}

module.exports = { fill, hasSecret, helper };
