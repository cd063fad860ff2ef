// @ts-check
'use strict';
/** Faults in what a package says of an operation. */

/**
 * @typedef {object} Spoiled
 * @property {any} request
 * @property {any[]} properties
 * @property {Record<string, any>} shapes
 * @property {import('../form/fill.cjs').Case[]} cases
 */

/** The members of a shape's first object, wherever it is. @param {any} shape @param {Record<string, any>} shapes @returns {Record<string, any> | undefined} */
function members(shape, shapes, level = 0) {
	if (level > 16 || typeof shape !== 'object' || shape === null) return undefined;
	if (shape.use !== undefined) return members(shapes[shape.use], shapes, level + 1);
	if (shape.object) return Object.keys(shape.object).length > 0 ? shape.object : undefined;
	const inner = [shape.shape, shape.rows, shape.list, ...(shape.merge ?? []), ...Object.values(shape.among ?? {})];
	for (const it of inner) {
		const found = members(it, shapes, level + 1);
		if (found) return found;
	}
	return undefined;
}

/** The members of a JSON body. @param {Spoiled} spoiled */
function body({ request, shapes }) {
	return request.body?.encoding === 'json' ? members(request.body.shape, shapes) : undefined;
}

/** The names of a body's members that the case with everything has. @param {Spoiled} spoiled */
function names(spoiled) {
	const all = [spoiled.cases.find((it) => it.inputs === 'all')?.body].flat()[0] ?? {};
	return Object.keys(body(spoiled) ?? {}).filter((name) => Object.hasOwn(all, name));
}

/** Whether there is such a property, wherever it is in the form. @param {any[]} properties @param {(property: any, siblings: any[]) => boolean} found @returns {boolean} */
function some(properties, found) {
	return properties.some((property) => {
		if (found(property, properties)) return true;
		const inner = property.type === 'collection' ? property.options : (property.options ?? []).flatMap((/** @type {any} */ it) => it.values ?? []);
		return property.type.endsWith('ollection') && some(inner, found);
	});
}

/** The last text of a collection. @param {any[]} properties @param {(member: any, collection: any) => void} change */
function inCollection(properties, change) {
	const collection = properties.find((it) => it.type === 'collection' && it.options.some((/** @type {any} */ member) => member.type === 'string'));
	const member = collection?.options.filter((/** @type {any} */ it) => it.type === 'string').at(-1);
	if (!member) return false;
	change(member, collection);
	return true;
}

/** What is chosen before anything is filled in. */
const SELECTORS = ['resource', 'operation', 'authentication'];

/** @type {{ name: string, mode: string, needs?: string, make: (spoiled: Spoiled) => boolean | void }[]} */
const DESCRIPTOR = [
	{ name: 'a method', mode: 'required', make: ({ request }) => void (request.method = request.method === 'PUT' ? 'POST' : 'PUT') },
	{ name: 'a path', mode: 'required', make: ({ request }) => void (request.path = ['/elsewhere', ...request.path]) },
	{ name: 'another media type is accepted', mode: 'required', make: ({ request }) => void (request.response.accept = 'text/vnd.other') },
	{ name: 'no credential', mode: 'required', make: ({ request, cases }) => (cases[0]?.request.headers.authorization ? void (request.anonymous = true) : false) },
	{
		name: 'a query parameter is missing',
		mode: 'all',
		make: ({ request }) => {
			const at = (request.parameters ?? []).findIndex((/** @type {any} */ it) => it.in === 'query' && it.name !== request.pagination?.size?.parameter);
			return at < 0 ? false : void request.parameters.splice(at, 1);
		},
	},
	{
		name: 'query parameters in another order',
		mode: 'all',
		make: ({ request }) => {
			const query = (request.parameters ?? []).filter((/** @type {any} */ it) => it.in === 'query');
			return query.length < 2 ? false : void request.parameters.reverse();
		},
	},
	{
		name: 'a property of the body is missing',
		mode: 'all',
		make: (spoiled) => {
			const [name] = names(spoiled);
			return name === undefined ? false : void delete (body(spoiled) ?? {})[name];
		},
	},
	{
		name: 'a property of the body has another name',
		mode: 'all',
		make: (spoiled) => {
			const found = body(spoiled);
			const [name] = names(spoiled);
			if (found === undefined || name === undefined) return false;
			const own = found[name];
			delete found[name];
			found[`${name}x`] = own;
		},
	},
	{
		name: 'properties inside a property in another order',
		mode: 'all',
		make: (spoiled) => {
			const all = spoiled.cases.find((it) => it.inputs === 'all')?.body ?? {};
			const inner = Object.entries(body(spoiled) ?? {})
				.map(([name, shape]) => ({ value: all[name], found: members(shape.shape ?? shape, spoiled.shapes) }))
				.find(({ value, found }) => value && found && Object.keys(found).filter((name) => Object.hasOwn(value, name)).length > 1);
			if (!inner?.found) return false;
			const entries = Object.entries(inner.found);
			for (const [name] of entries) delete inner.found[name];
			Object.assign(inner.found, Object.fromEntries(entries.reverse()));
		},
	},
	{
		name: 'a default is sent',
		mode: 'required',
		make: ({ request, properties }) => {
			if (request.body?.encoding !== 'json') return false;
			const shown = properties.find((it) => it.displayOptions?.show?.operation);
			if (!shown) return false;
			const { show } = shown.displayOptions;
			const displayOptions = { show: { resource: show.resource, operation: show.operation } };
			// A parameter that stands on top, and is not left out when nobody has touched it.
			Object.assign(shown, { displayName: 'Position', name: 'position', type: 'number', default: 0, required: undefined, displayOptions });
			request.body.shape = { merge: [request.body.shape, { object: { positionShown: { name: 'position', shape: 'number' } } }] };
		},
	},
	{
		name: 'a field has no place in the form',
		mode: 'all',
		make: ({ properties }) => inCollection(properties, (member, collection) => (collection.options = collection.options.filter((/** @type {any} */ it) => it !== member))),
	},
	{
		name: 'a field has another name in the form',
		mode: 'update',
		needs: 'all',
		make: ({ request, properties }) => (request.method === 'PATCH' && request.body ? inCollection(properties, (member) => (member.name += 'x')) : false),
	},
	{
		name: 'an option is missing',
		mode: 'all',
		make: ({ properties, cases }) => {
			// What begins with `=` is typed as an expression, whatever is offered.
			if (cases.some((it) => JSON.stringify([it.parameters, it.body]).includes('"='))) return false;
			const isChoice = (/** @type {any} */ property) => property.type === 'options' && !SELECTORS.includes(property.name);
			return some(properties, (property) => isChoice(property) && (property.options = []) && true);
		},
	},
	{
		name: 'an operation cannot be chosen',
		mode: 'required',
		make: ({ properties }) => some(properties, (property) => property.name === 'operation' && (property.options = []) && true),
	},
	{
		name: 'what is required stands among what is not',
		mode: 'required',
		make: ({ request, properties }) => {
			const parameter = (request.parameters ?? []).find((/** @type {any} */ it) => it.required && it.shape?.at?.length === 1);
			const at = properties.findIndex((it) => it.name === parameter?.shape.at[0] && it.displayOptions);
			if (at < 0) return false;
			const own = { ...properties[at], displayOptions: undefined, required: undefined };
			const { displayOptions } = properties[at];
			Object.assign(properties[at], { name: 'more', type: 'collection', default: {}, options: [own], required: undefined, displayOptions });
			parameter.shape = { ...parameter.shape, at: ['more', ...parameter.shape.at] };
		},
	},
	{ name: 'an empty body is not sent', mode: 'required', make: ({ request, cases }) => (cases[0]?.request.body === '{}' ? void delete request.body : false) },
	{ name: 'a body of another type', mode: 'required', make: ({ request, cases }) => (cases[0]?.request.body ? void (request.body.mediaType = 'application/other+json') : false) },
	{ name: 'nothing can be cleared', mode: 'null', needs: 'null', make: ({ request, cases, properties }) => (request.body?.clear && cases.some((it) => Object.values(it.body ?? {}).length > 0) && hasNested(properties) ? void delete request.body.clear : false) },
	{ name: 'an envelope is left closed', mode: 'required', make: ({ request }) => (request.response.data?.length > 0 && !request.pagination ? void (request.response.data = []) : false) },
	{ name: 'a list is one item', mode: 'all', make: ({ request }) => (request.response.list && !request.pagination ? void delete request.response.list : false) },
	{ name: 'a removal does not say that it is one', mode: 'required', make: ({ request }) => (request.response.deleted ? void delete request.response.deleted : false) },
	{ name: 'Simplify makes up a member', mode: 'all', make: ({ request }) => (request.response.simplify ? void (request.response.simplify = ['none of these']) : false) },
	{ name: 'the items of a page are elsewhere', mode: 'pages', make: ({ request }) => (request.pagination ? void (request.pagination.items = ['elsewhere']) : false) },
	{
		name: 'a list has one page',
		mode: 'pages',
		make: ({ request }) => {
			if (!request.pagination) return false;
			request.pagination.next = { by: 'cursor', parameter: 'none', cursor: ['none'] };
			delete request.pagination.more;
		},
	},
	{ name: 'the cursor is sent as something else', mode: 'pages', make: ({ request }) => (request.pagination?.next.parameter ? void (request.pagination.next.parameter = { header: 'x-elsewhere' }) : false) },
	{ name: 'Limit is not what is asked for', mode: 'all', make: ({ request }) => (typeof request.pagination?.size?.parameter === 'string' ? void (request.pagination.size.maximum = 1) : false) },
];

/** Whether a collection in the form is one that only a whole value clears. @param {any[]} properties */
function hasNested(properties) {
	return properties.some((it) => it.type === 'collection' && it.options.some((/** @type {any} */ member) => member.type === 'collection'));
}

module.exports = { DESCRIPTOR };
