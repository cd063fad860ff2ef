// @ts-check
'use strict';
/** Other values for what a form was filled with: for other items. */

/** @param {any} whole @param {(string | number)[]} path */
function get(whole, path) {
	return path.reduce((inner, key) => inner?.[key], whole);
}

/** @param {any} whole @param {(string | number)[]} path @param {any} value */
function set(whole, path, value) {
	get(whole, path.slice(0, -1))[/** @type {string} */ (path.at(-1))] = value;
}

/**
 * Another value of the same kind, for the item with this index; undefined where there is none.
 *
 * @param {import('./form/form.cjs').Leaf} leaf
 * @param {any} value
 * @param {number} index not 0
 */
function other({ shape, property }, value, index) {
	const options = property.options ?? [];
	switch (shape) {
		case 'text':
			return options.length > 0 ? turned(options, value, index) : `${value} #${index}`;
		case 'id':
			return `${value}`.slice(0, -1) + 'abcdef'[index];
		case 'option':
			return options.length > 0 ? turned(options, value, index) : `${value}${index}`;
		case 'integer':
		case 'number':
			return typeof value === 'number' && options.length === 0 ? near(property, value, index) : options.length > 0 ? turned(options, value, index) : value;
		case 'boolean':
			return typeof value === 'boolean' ? (index === 1 ? !value : value) : value;
		case 'dateTime':
		case 'date':
			return value.replace(/^\d{4}/, (/** @type {string} */ year) => String(Number(year) + index));
		default:
			return value;
	}
}

/** @param {any[]} options @param {any} value @param {number} by */
function turned(options, value, by) {
	const at = options.findIndex((option) => option.value === value);
	return options[(at + by) % options.length].value;
}

/** @param {any} property @param {number} value @param {number} by */
function near(property, value, by) {
	const { minValue = -Infinity, maxValue = Infinity } = property.typeOptions ?? {};
	const found = [value + by, value - by].find((it) => it >= minValue && it <= maxValue);
	return found ?? value;
}

/**
 * The parameters three times with other values, once with expressions, and the values of the items.
 *
 * @param {import('./form/fill.cjs').Filled} filled
 */
function varied({ parameters, leaves }) {
	const variants = [0, 1, 2].map(() => structuredClone(parameters));
	const expressions = structuredClone(parameters);
	/** @type {Record<string, any>[]} */
	const values = [{}, {}, {}];
	leaves.forEach((leaf, number) => {
		const value = get(parameters, leaf.path);
		const isExpression = typeof value === 'string' && value.startsWith('=');
		if (isExpression || leaf.property.noDataExpression || leaf.shape === 'binary') return;
		values.forEach((json, index) => {
			json[`v${number}`] = index === 0 ? value : other(leaf, value, index);
			set(variants[index], leaf.path, json[`v${number}`]);
		});
		set(expressions, leaf.path, `={{ $json.v${number} }}`);
	});
	return { variants, expressions, values };
}

module.exports = { varied };
