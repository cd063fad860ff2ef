// @ts-check
'use strict';
/**
 * Fills a node's form as a user would: the values of a case, by their names on the wire, become the
 * node's parameters. It knows the form only by what the package says of it: the properties, and the
 * shapes of the request, which are read backwards here.
 */
const exact = require('../exact.cjs');
const { chosen, expression, typed } = require('./leaf.cjs');
const { Group, Input, NoNull, NoPlace } = require('./place.cjs');
const { accepts, keys, standsInstead } = require('./shape.cjs');

/**
 * A single value that was filled in.
 *
 * @typedef {{ path: (string | number)[], shape: string, property: any }} Leaf
 */

class Form {
	/** @type {Leaf[]} */
	leaves = [];
	/** Properties of items that hold bytes, by name. @type {Record<string, any>} */
	binary = {};
	/** Where parameters and the body's own properties have gone, by their names. @type {Map<string, (string | number)[]>} */
	placed = new Map();
	/** How many objects of the wire are around what is written; those of parameters do not count as 0. */
	depth = 1;
	/** The body's own properties with a null in them that the form has no input for: what goes into "Body Fields (JSON)". @type {Record<string, any>} */
	nulls = {};
	/** Whether there was more than one way to fill something in. */
	hasChoices = false;
	/** Whether the last way is tried first. */
	backwards = false;
	/** Whether an expression stands where the form's own input does not take a value. */
	lenient = false;

	/**
	 * @param {any} NodeHelpers of n8n-workflow
	 * @param {any} description of the node
	 * @param {any[]} properties of the operation
	 * @param {import('../package.cjs').Operation} operation
	 * @param {any} parameters what is chosen already
	 */
	constructor(NodeHelpers, description, properties, operation, parameters) {
		this.operation = operation;
		this.properties = properties;
		this.parameters = { ...parameters };
		this.node = { typeVersion: [description.version].flat().at(-1), parameters: this.parameters };
		this.complete = () => NodeHelpers.getNodeParameters(properties, this.parameters, true, false, this.node, description);
		/** @type {import('./place.cjs').Shown} */
		const shown = (members, values, name) => {
			const named = members.filter((/** @type {any} */ property) => property.name === name);
			if (named.every((/** @type {any} */ property) => !property.displayOptions)) return named[0];
			const all = this.complete();
			const near = members === properties ? all : values;
			return named.find((property) => NodeHelpers.displayParameter(near, property, this.node, description, all));
		};
		this.root = new Group(properties, () => this.parameters, [], shown);
		for (const selector of ['resource', 'operation']) {
			this.parameters[selector] = operation[selector === 'resource' ? 'resource' : 'value'];
			chosen(this.root.child(selector), this.parameters[selector]);
		}
		this.isShown = (/** @type {any} */ property) => shown(properties, this.parameters, property.name) === property;
	}

	/** @param {any} shape */
	resolved(shape) {
		for (let level = 0; level < 64 && shape?.use !== undefined; level += 1) shape = this.operation.shapes[shape.use];
		if (shape === undefined) throw new NoPlace('a shape is used that the descriptor does not have');
		return shape;
	}

	/**
	 * @param {Group | Input} place
	 * @param {any} shape
	 * @param {any} value
	 * @returns {void}
	 */
	write(place, shape, value) {
		shape = this.resolved(shape);
		if (typeof shape === 'string') return this.leaf(place, shape, value);
		if (shape.at) {
			for (const key of shape.at) place = place.child(key);
			return this.write(place, shape.shape, value);
		}
		if (shape.choose !== undefined) return this.choose(place, shape, value);
		if (shape.constant !== undefined) return constant(shape, value);
		if (shape.oneOrMany) return this.oneOrMany(place, shape.oneOrMany, value);
		if (value === null) return this.leaf(place, 'null', value);
		if (shape.merge) return this.merge(place, shape.merge, value);
		if (shape.object) return this.object(place, shape.object, value);
		if (shape.list) return this.list(place, shape.list, value);
		if (shape.rows) return this.rows(place, shape.rows, value);
		if (shape.map) return this.map(place, shape.map, value);
		throw new NoPlace(`there is no such shape: ${JSON.stringify(shape)}`);
	}

	/** @param {Group | Input} place @param {string} shape @param {any} value */
	leaf(place, shape, value) {
		if (!(place instanceof Input)) throw new NoPlace(`\`${place.path.join('.')}\` is no single value: ${JSON.stringify(value)}`);
		if (shape === 'binary') {
			return place.set(this.file(value));
		}
		// What is a string where these have members is lost when n8n reads the workflow.
		if (shape === 'null' && takesNoNull(place)) throw new NoNull(`\`${place.path.join('.')}\` is of type ${place.property.type} and does not take null`);
		const filled = shape === 'null' ? expression(null) : this.#typed(place, shape, value);
		place.set(filled);
		this.leaves.push({ path: filled?.__rl ? [...place.path, 'value'] : place.path, shape, property: place.property });
	}

	/** @param {Input} place @param {string} shape @param {any} value */
	#typed(place, shape, value) {
		try {
			return typed(place, shape, value);
		} catch (error) {
			const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
			if (!(error instanceof NoPlace) || !this.lenient || !isScalar || place.property.noDataExpression) throw error;
			return expression(value);
		}
	}

	/** The name of the item's property that a file is put into. @param {any} value */
	file(value) {
		const count = Object.keys(this.binary).length;
		const name = count === 0 ? 'data' : `data${count}`;
		this.binary[name] = value;
		return name;
	}

	/** @param {Group | Input} place @param {Record<string, any>} members @param {any} value */
	object(place, members, value) {
		if (typeof value !== 'object' || Array.isArray(value)) throw new NoPlace(`an object is not ${JSON.stringify(value)}`);
		const group = place.group();
		group.values();
		for (const [name, member] of Object.entries(value)) {
			if (!Object.hasOwn(members, name)) throw new NoPlace(`\`${group.path.join('.')}\` has no place for \`${name}\``);
			const shape = members[name];
			if (shape?.constant !== undefined) {
				constant(shape, member);
				continue;
			}
			const renamed = typeof shape === 'object' && typeof shape.name === 'string' && shape.shape !== undefined;
			const child = group.child(renamed ? shape.name : name);
			if (this.depth === 0) this.placed.set(name, child.path);
			const write = (/** @type {any} */ value) => this.write(child, renamed ? shape.shape : shape, value);
			if (this.depth === 0 && this.#hasJson()) this.#orInJson(child, member, write, name);
			else this.#inside(() => write(member));
		}
	}

	/** @param {() => void} write */
	#inside(write) {
		this.depth += 1;
		write();
		this.depth -= 1;
	}

	/**
	 * Writes a property of the body, in JSON where a null in it has no input. What n8n requires has to stand in
	 * the form all the same, where it is not read.
	 *
	 * @param {Input} child @param {any} member @param {(value: any) => void} write @param {string} name
	 */
	#orInJson(child, member, write, name) {
		const before = [structuredClone(this.parameters), [...this.leaves], this.depth];
		const leave = () => ([, this.leaves, this.depth] = /** @type {any} */ (before));
		try {
			this.#inside(() => write(member));
		} catch (error) {
			if (!(error instanceof NoNull)) throw error;
			restore(this.parameters, before[0]);
			leave();
			this.nulls[name] = member;
			if (!child.property.required || member === null) return;
			this.#inside(() => write(withoutNulls(member)));
			leave();
		}
	}

	/** Whether properties of the body can be given in JSON, beside the form's own fields. What a PATCH clears is chosen in "Fields to Clear". */
	#hasJson() {
		if (this.operation.request.method === 'PATCH') return false;
		return this.resolved(this.operation.request.body?.shape)?.merge?.some(standsInstead) ?? false;
	}

	/** @param {Group | Input} place @param {any[]} parts @param {any} value */
	merge(place, parts, value) {
		parts = parts.filter((part) => !standsInstead(part));
		const named = parts.filter((part) => keys(this, part));
		const others = parts.filter((part) => !named.includes(part));
		const left = { ...value };
		for (const part of [...named, ...others]) {
			const own = Object.keys(left).filter((name) => accepts(this, part, name));
			const members = Object.fromEntries(own.map((name) => [name, left[name]]));
			for (const name of own) delete left[name];
			if (own.length > 0) this.write(place, part, members);
		}
		for (const name of Object.keys(left)) throw new NoPlace(`there is no place for \`${name}\``);
	}

	/** The first of the alternatives that takes the value. @param {Group | Input} place @param {any} shape @param {any} value @returns {void} */
	choose(place, { choose, among }, value) {
		const reasons = [];
		const alternatives = Object.entries(among);
		if (alternatives.length > 1) this.hasChoices = true;
		for (const [name, shape] of this.backwards ? alternatives.reverse() : alternatives) {
			const before = [structuredClone(this.parameters), [...this.leaves], new Map(this.placed), this.depth];
			try {
				const selector = place.group().child(choose);
				selector.set(chosen(selector, name));
				return this.write(place, shape, value);
			} catch (error) {
				if (!(error instanceof NoPlace)) throw error;
				reasons.push(`${name}: ${error.message}`);
				restore(this.parameters, before[0]);
				[, this.leaves, this.placed, this.depth] = /** @type {any} */ (before);
			}
		}
		throw new NoPlace(reasons.join('; '));
	}

	/** @param {Group | Input} place @param {any} shape @param {any} value */
	list(place, shape, value) {
		if (!(place instanceof Input)) throw new NoPlace('a list has no parameter');
		// Outside JSON one value is written as a list of one is; in JSON the difference is noticed.
		if (['string', 'number', 'boolean'].includes(typeof value)) value = [value];
		if (!Array.isArray(value)) throw new NoPlace(`a list is not ${JSON.stringify(value)}`);
		shape = this.resolved(shape);
		const { type, typeOptions } = place.property;
		if (type === 'multiOptions') {
			const isOffered = value.every((item) => item !== null && chosen(place, item) === item);
			place.set(isOffered ? value : expression(value));
		} else if (typeOptions?.multipleValues && typeof shape === 'string') {
			// A row that is empty counts as none.
			const row = (/** @type {any} */ item) => (shape === 'binary' ? this.file(item) : item === '' && this.lenient ? expression('') : this.#typed(place, shape, item));
			place.set(value.map(row));
		} else {
			place.refuse('a list');
		}
		this.leaves.push({ path: place.path, shape: 'list', property: place.property });
	}

	/** One value or several. @param {Group | Input} place @param {any} shape @param {any} value @returns {void} */
	oneOrMany(place, shape, value) {
		if (!(place instanceof Input)) throw new NoPlace('a value has no parameter');
		if (place.property.type === 'multiOptions') {
			if (Array.isArray(value)) return this.list(place, shape, value);
			place.set(expression(value));
			return void this.leaves.push({ path: place.path, shape: 'list', property: place.property });
		}
		if (!Array.isArray(value)) return this.leaf(place, this.resolved(shape), value);
		place.set(exact.stringify(value));
		this.leaves.push({ path: place.path, shape: 'list', property: place.property });
	}

	/** @param {Group | Input} place @param {any} shape @param {any} value */
	rows(place, shape, value) {
		if (!(place instanceof Input)) throw new NoPlace('rows have no parameter');
		if (!Array.isArray(value)) throw new NoPlace(`a list is not ${JSON.stringify(value)}`);
		const rows = place.rows(value.length);
		rows.forEach((row, index) => this.write(row, shape, value[index]));
	}

	/** @param {Group | Input} place @param {any} shape @param {any} value */
	map(place, shape, value) {
		if (!(place instanceof Input)) throw new NoPlace('a map has no parameter');
		const entries = Object.entries(value);
		const rows = place.rows(entries.length);
		entries.forEach(([key, member], index) => {
			const row = /** @type {Group} */ (rows[index]);
			row.child('key').set(typed(row.child('key'), 'text', key));
			this.write(row.child('value'), shape, member);
		});
	}
}

/** A value without the nulls in it. @param {any} value @returns {any} */
function withoutNulls(value) {
	if (Array.isArray(value)) return value.filter((it) => it !== null).map(withoutNulls);
	if (typeof value !== 'object' || value === null || value instanceof exact.Long) return value;
	const entries = Object.entries(value).filter(([, it]) => it !== null);
	return Object.fromEntries(entries.map(([name, it]) => [name, withoutNulls(it)]));
}

/** @param {Input} input */
function takesNoNull({ property }) {
	return ['collection', 'fixedCollection'].includes(property.type);
}

/** What is sent without being asked for is what the case has. @param {any} shape @param {any} value */
function constant(shape, value) {
	if (shape.constant !== value) throw new NoPlace(`${JSON.stringify(shape.constant)} is always sent, not ${JSON.stringify(value)}`);
}

/** Makes an object what it was. @param {any} object @param {any} before */
function restore(object, before) {
	for (const name of Object.keys(object)) delete object[name];
	Object.assign(object, before);
}

module.exports = { Form };
