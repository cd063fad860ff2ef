// @ts-check
'use strict';
/** Places in a node's form: what a user can fill in, and where that is in the node's parameters. */

/** A value for which the form has no place, or which it does not take. */
class NoPlace extends Error {}

/** A null for which the form has no input. */
class NoNull extends NoPlace {}

/**
 * What is shown of a list of properties.
 *
 * @typedef {(properties: any[], values: any, name: string) => any | undefined} Shown
 */

/** A place with members: all parameters, a collection, a row. */
class Group {
	/**
	 * @param {any[]} members
	 * @param {() => any} values what has been filled in, made when it is asked for
	 * @param {(string | number)[]} path
	 * @param {Shown} shown
	 */
	constructor(members, values, path, shown) {
		this.members = members;
		this.values = values;
		this.path = path;
		this.shown = shown;
	}

	/** @param {string} name @returns {Input} */
	child(name) {
		const property = this.shown(this.members, this.values(), name);
		if (!property) throw new NoPlace(`${where(this.path)} has no parameter \`${name}\``);
		return new Input(property, this, [...this.path, name]);
	}

	/** @returns {Group} */
	group() {
		return this;
	}
}

/** A parameter. */
class Input {
	/** @param {any} property @param {Group} owner @param {(string | number)[]} path */
	constructor(property, owner, path) {
		this.property = property;
		this.owner = owner;
		this.path = path;
	}

	/** @param {unknown} value */
	set(value) {
		this.owner.values()[this.property.name] = value;
	}

	/** What has been filled in, or else a value that is filled in first. @param {any} first */
	filled(first) {
		const values = this.owner.values();
		return (values[this.property.name] ??= first);
	}

	/** @param {string} name */
	child(name) {
		if (this.property.type === 'fixedCollection') return this.section(name);
		return this.group().child(name);
	}

	/** The members of a collection. @returns {Group} */
	group() {
		if (this.property.type !== 'collection') this.refuse('members');
		return new Group(this.property.options, () => this.filled({}), this.path, this.owner.shown);
	}

	/** A section of a fixed collection with one of each. @param {string} name @returns {Group} */
	section(name) {
		const section = this.property.options.find((/** @type {any} */ it) => it.name === name);
		if (!section || this.property.typeOptions?.multipleValues) throw new NoPlace(`${where(this.path)} has no section \`${name}\``);
		return new Group(section.values, () => (this.filled({})[name] ??= {}), [...this.path, name], this.owner.shown);
	}

	/** Adds so many rows. @param {number} count @returns {Group[]} */
	rows(count) {
		if (this.property.type !== 'fixedCollection' || !this.property.typeOptions?.multipleValues) this.refuse('rows');
		const section = this.property.options.find((/** @type {any} */ it) => it.name === 'rows');
		if (!section) throw new NoPlace(`${where(this.path)} has no section \`rows\``);
		this.filled({}).rows = Array.from({ length: count }, () => ({}));
		const row = (/** @type {number} */ index) => () => this.filled({}).rows[index];
		return Array.from({ length: count }, (_, index) =>
			new Group(section.values, row(index), [...this.path, 'rows', index], this.owner.shown),
		);
	}

	/** @param {string} what @returns {never} */
	refuse(what) {
		throw new NoPlace(`${where(this.path)} is of type ${this.property.type} and does not take ${what}`);
	}
}

/** @param {(string | number)[]} path */
function where(path) {
	return path.length === 0 ? 'the form' : `\`${path.join('.')}\``;
}

module.exports = { Group, Input, NoNull, NoPlace };
