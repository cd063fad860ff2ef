// @ts-check
'use strict';
/** Single values: what a user types or chooses for them. */
const exact = require('../exact.cjs');
const { NoPlace } = require('./place.cjs');

/** A value as an expression: the only way to null, and to a text that begins with `=`. @param {unknown} value */
function expression(value) {
	// Braces would end the expression.
	const text = JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"|\}/g, (found) =>
		found === '}' ? '} ' : found.replace(/\}/g, '\\u007d'),
	);
	return `={{ ${text} }}`;
}

/** @param {any} input @param {unknown} value */
function unfit(input, value) {
	const { type, options, typeOptions } = input.property;
	const allowed = options ? `, one of ${JSON.stringify(options.map((/** @type {any} */ it) => it.value))}` : '';
	const limits = JSON.stringify(typeOptions ?? {});
	throw new NoPlace(`\`${input.path.join('.')}\` (${type}${allowed}, ${limits}) does not take ${JSON.stringify(value)}`);
}

/** @param {any} input @param {number} value */
function withinLimits(input, value) {
	const { minValue, maxValue, numberPrecision } = input.property.typeOptions ?? {};
	if (minValue !== undefined && value < minValue) unfit(input, value);
	if (maxValue !== undefined && value > maxValue) unfit(input, value);
	if (numberPrecision === 0 && !Number.isInteger(value)) unfit(input, value);
	return value;
}

/** @param {any} input @param {unknown} value */
function chosen(input, value) {
	// An option that begins with `=` would be an expression: what is meant has to be one.
	if (typeof value === 'string' && value.startsWith('=') && !input.property.noDataExpression) return expression(value);
	// n8n keeps the digits of a long number as text alone.
	const offered = value instanceof exact.Long ? value.digits : value;
	if (!input.property.options.some((/** @type {any} */ option) => option.value === offered)) unfit(input, value);
	return offered;
}

/** @param {unknown} value */
function text(value) {
	return typeof value === 'string' && value.startsWith('=') ? expression(value) : value;
}

/**
 * A value of these types as text. A text that looks like one of them cannot be sent as a text.
 *
 * @param {any} input @param {string[]} types @param {any} value
 */
function either(input, types, value) {
	if (types.includes(typeof value)) return String(value);
	if (typeof value !== 'string' || types.includes(typeof parsed(value))) unfit(input, value);
	return text(value);
}

/** @param {string} text */
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * What stands in a parameter for a value of a shape.
 *
 * @param {any} input
 * @param {string} shape
 * @param {any} value
 */
function typed(input, shape, value) {
	if (value === null && shape !== 'json') return expression(null);
	const { type } = input.property;
	switch (`${shape} ${type}`) {
		case 'id resourceLocator':
		case 'integer resourceLocator':
			if (typeof value !== 'string' && typeof value !== 'number') unfit(input, value);
			return { __rl: true, mode: 'id', value: text(String(value)) };
		case 'text string':
		case 'option string':
		case 'option color':
		case 'id string':
		case 'dateTime dateTime':
		case 'date dateTime':
		case 'dateTime string':
		case 'date string':
			if (typeof value !== 'string') unfit(input, value);
			return text(value);
		case 'integer number':
			// What is typed into it is rounded.
			if (value instanceof exact.Long) return expression(value.digits);
			if (!Number.isInteger(value)) unfit(input, value);
			return withinLimits(input, value);
		case 'number number':
			if (typeof value !== 'number') unfit(input, value);
			return withinLimits(input, value);
		case 'integer string':
		case 'number string':
			if (value instanceof exact.Long) return value.digits;
			if (typeof value !== 'number') unfit(input, value);
			return String(value);
		case 'boolean boolean':
			if (typeof value !== 'boolean') unfit(input, value);
			return value;
		case 'text options':
		case 'option options':
		case 'integer options':
		case 'number options':
		case 'boolean options':
			return chosen(input, value);
		case 'textOrNumber string':
			return either(input, ['number'], value);
		case 'textOrBoolean string':
			return either(input, ['boolean'], value);
		case 'textOrScalar string':
			return either(input, ['number', 'boolean'], value);
		case 'json json':
		case 'json string':
			return exact.stringify(value);
		case 'boolean string':
			if (typeof value !== 'boolean') unfit(input, value);
			return String(value);
		default:
			return unfit(input, value);
	}
}

module.exports = { chosen, expression, typed };
