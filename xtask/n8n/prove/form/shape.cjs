// @ts-check
'use strict';
/** Which names of an object a shape has places for. */

/**
 * The names that a shape has of its own; undefined where it takes any.
 *
 * @param {{ resolved: (shape: any) => any }} form
 * @param {any} shape
 * @param {number} level
 * @returns {Set<string> | undefined}
 */
function keys(form, shape, level = 0) {
	shape = form.resolved(shape);
	if (level > 16 || typeof shape === 'string' || shape.map) return undefined;
	if (shape.object) return new Set(Object.keys(shape.object));
	if (shape.at) return keys(form, shape.shape, level + 1);
	const parts = shape.merge?.filter((/** @type {any} */ part) => !standsInstead(part)) ?? (shape.among && Object.values(shape.among));
	if (!parts) return new Set();
	const all = parts.map((/** @type {any} */ part) => keys(form, part, level + 1));
	return all.includes(undefined) ? undefined : new Set(all.flatMap((/** @type {Set<string>} */ it) => [...it]));
}

/** @param {{ resolved: (shape: any) => any }} form @param {any} shape @param {string} name */
function accepts(form, shape, name) {
	return keys(form, shape)?.has(name) ?? true;
}

/** Whether a part is for what the form's own fields cannot take: they are what is to be proved. @param {any} part */
function standsInstead({ at, shape }) {
	return shape === 'json' && at?.at(-1) === 'bodyJson';
}

module.exports = { accepts, keys, standsInstead };
