/** Values as a URL, a header, a cookie or a form carries them: RFC 3986, RFC 6570 and OpenAPI's styles. */
import type { Parameter } from './descriptor';
import { InvalidValue, isObject, scalarText, type Value, type ValueObject } from './values';

/** What is escaped of a text. */
export type Encoding = (text: string) => string;

const escaped: Encoding = (text) =>
	Array.from(
		Buffer.from(text),
		(byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
	).join('');

/** Everything but unreserved characters (RFC 3986, section 2.3). */
export const component: Encoding = (text) => text.replace(/[^A-Za-z0-9\-._~]+/g, escaped);

/** The same, without the reserved characters that a query can carry, and without escapes that are there. */
export const reserved: Encoding = (text) =>
	text.replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~:/?@!$()*,;=%]+|%/g, (found) =>
		/^%./.test(found) ? found : escaped(found),
	);

/** What a cookie's value cannot carry (RFC 6265, section 4.1.1), and the percent sign. */
export const cookie: Encoding = (text) => text.replace(/[^\x21-\x7e]+|[",;\\%]/g, escaped);

/** Nothing: a header carries all but line breaks. */
export const nothing: Encoding = (text) => text;

/** How a value is written. */
export interface Style {
	name: string;
	style: NonNullable<Parameter['style']>;
	explode: boolean;
	encoding: Encoding;
}

/** What styles tell apart, encoded. */
type Parts = { scalar: string } | { list: string[] } | { pairs: Array<[string, string]> };

function partsOf(value: Value, { name, encoding }: Style): Parts {
	const item = (part: Value): string => {
		const text = scalarText(part);
		if (text === undefined) throw new InvalidValue([name], 'text, numbers or true and false', part);
		return encoding(text);
	};
	if (Array.isArray(value)) return { list: present(value).map(item) };
	if (isObject(value)) {
		const entries = Object.entries(value as ValueObject).filter(([, part]) => part !== null);
		return { pairs: entries.map(([key, part]) => [encoding(key), item(part)]) };
	}
	return { scalar: item(value) };
}

/** No style has a way to write null. */
function present(list: Value[]): Value[] {
	return list.filter((part) => part !== null);
}

function joined(pairs: Array<[string, string]>, inner: string, outer: string): string {
	return pairs.map((pair) => pair.join(inner)).join(outer);
}

/** What stands between the items of a list in the styles that are called after it. */
const DELIMITERS: { [style in Style['style']]?: string } = {
	spaceDelimited: ' ',
	pipeDelimited: '|',
	tabDelimited: '\t',
};

function separatorOf(style: Style, encoding: Encoding): string {
	if (style.style === 'label' && style.explode) return '.';
	const delimiter = DELIMITERS[style.style];
	return delimiter === undefined ? ',' : encoding(delimiter);
}

/** A parameter of a path, or a header. */
export function writeSegment(value: Value, style: Style): string {
	const parts = partsOf(value, style);
	if (style.style === 'matrix') return writeMatrix(component(style.name), parts, style.explode);
	const separator = separatorOf(style, style.encoding);
	const lead = style.style === 'label' ? '.' : '';
	if ('scalar' in parts) return lead + parts.scalar;
	if ('list' in parts) return lead + parts.list.join(separator);
	return (
		lead + (style.explode ? joined(parts.pairs, '=', separator) : joined(parts.pairs, ',', ','))
	);
}

function writeMatrix(name: string, parts: Parts, explode: boolean): string {
	if ('scalar' in parts) return parts.scalar === '' ? `;${name}` : `;${name}=${parts.scalar}`;
	if ('list' in parts) {
		return explode
			? parts.list.map((item) => `;${name}=${item}`).join('')
			: `;${name}=${parts.list.join(',')}`;
	}
	return explode
		? `;${joined(parts.pairs, '=', ';')}`
		: `;${name}=${joined(parts.pairs, ',', ',')}`;
}

/** A parameter of a query, a cookie or a form: its pairs, each `name=value`. */
export function writePairs(value: Value, style: Style): string[] {
	const name = style.encoding === cookie ? style.name : component(style.name);
	if (style.style === 'deepObject') return writeDeep(name, value, style.encoding);
	const separator = separatorOf(style, component);
	const parts = partsOf(value, style);
	if ('scalar' in parts) return [`${name}=${parts.scalar}`];
	if ('list' in parts) {
		return style.explode
			? parts.list.map((item) => `${name}=${item}`)
			: [`${name}=${parts.list.join(separator)}`];
	}
	return style.explode
		? parts.pairs.map((pair) => pair.join('='))
		: [`${name}=${joined(parts.pairs, separator, separator)}`];
}

/**
 * `name[key]=value`, brackets escaped. OpenAPI describes one level; below it keys are added in the same
 * way, each scalar of a list is `name[]=value`, and its objects are numbered.
 */
function writeDeep(name: string, value: Value, encoding: Encoding): string[] {
	const key = (text: string) => `${name}%5B${component(text)}%5D`;
	if (Array.isArray(value)) {
		return value.flatMap((item, index) =>
			writeDeep(key(scalarText(item) === undefined ? String(index) : ''), item, encoding),
		);
	}
	if (isObject(value)) {
		const entries = Object.entries(value as ValueObject);
		return entries.flatMap(([field, item]) => writeDeep(key(field), item, encoding));
	}
	const text = scalarText(value);
	return text === undefined ? [] : [`${name}=${encoding(text)}`];
}
