/** Reading shapes: see the table at {@link Shape}. */
import type { Member, Shape } from './descriptor';
import { readScalar } from './scalars';
import { InvalidValue, isObject, member, parseExact, type Value, type ValueObject } from './values';

/** The node's parameters for one item. */
export interface Source {
	/** The value of a parameter, its expressions resolved; `undefined` where it is not set. */
	parameter(name: string): unknown;
	/** The workflow's time zone. */
	timezone: string;
	/** The shapes that `use` names. */
	shapes: Record<string, Shape>;
	/** The credential's fields, where parameters that operations share have their values. */
	credential?: Record<string, unknown>;
}

/**
 * Reads a shape, seen from the node's parameters.
 *
 * @returns `undefined` where nothing is sent.
 * @throws {@link InvalidValue}
 */
export function read(shape: Shape, source: Source): Value | undefined {
	return readAt(shape, new Root(source), source);
}

/** A place with values below it. */
interface Place {
	/** The keys that lead to it. */
	path: string[];
	/** What is here; `undefined` where nothing is. */
	value: unknown;
	/** What is below a key. */
	below(key: string): Place;
}

/** The node's parameters: read one by one, since reading one resolves all of its expressions. */
class Root implements Place {
	readonly path: string[] = [];

	readonly value: unknown = {};

	constructor(private readonly source: Source) {}

	below(key: string): Place {
		return new Inner(this.source.parameter(key), [key]);
	}
}

/** What is in a parameter. */
class Inner implements Place {
	constructor(
		readonly value: unknown,
		readonly path: string[],
	) {}

	below(key: string): Place {
		return new Inner(member(this.value, key), [...this.path, key]);
	}
}

function readAt(shape: Shape, place: Place, source: Source): Value | undefined {
	if (typeof shape === 'string') {
		return readScalar(shape, place.value, { path: place.path, timezone: source.timezone });
	}
	if ('at' in shape) {
		return readAt(
			shape.shape,
			shape.at.reduce<Place>((at, key) => at.below(key), place),
			source,
		);
	}
	if ('use' in shape) return readAt(named(shape.use, source), place, source);
	if ('merge' in shape) return readMerged(shape.merge, place, source);
	if ('choose' in shape) return readChosen(shape.choose, shape.among, place, source);
	if ('constant' in shape) return shape.constant;
	if ('oneOrMany' in shape) return readOneOrMany(shape.oneOrMany, place, source);
	if (place.value === undefined || place.value === null) return place.value;
	if ('object' in shape) return readObject(shape.object, place, source);
	if ('list' in shape) return readList(shape.list, place, source);
	if ('rows' in shape) return readRows(shape.rows, place, source);
	return readMap(shape.map, place, source);
}

type BareShape = Exclude<Shape, { at: string[] } | { use: string }>;

/** A shape without what only says where it is. */
export function bareShape(shape: Shape, source: Source): BareShape {
	if (typeof shape === 'string') return shape;
	if ('at' in shape) return bareShape(shape.shape, source);
	if ('use' in shape) return bareShape(named(shape.use, source), source);
	return shape;
}

/** The keys that lead to a shape's value, as far as they are known. */
export function keysOf(shape: Shape): string[] {
	if (typeof shape === 'string' || !('at' in shape)) return [];
	return [...shape.at, ...keysOf(shape.shape)];
}

function named(name: string, source: Source): Shape {
	const shape = member(source.shapes, name) as Shape | undefined;
	if (shape === undefined)
		throw new InvalidValue([], `the shape ${name} in the descriptor`, undefined);
	return shape;
}

function readObject(
	members: Record<string, Shape | Member>,
	place: Place,
	source: Source,
): ValueObject {
	const object = expanded(place, isObject, 'an object');
	const entries: Array<[string, Value]> = [];
	for (const [wire, shape] of Object.entries(members)) {
		const renamed = isMember(shape);
		const at = object.below(renamed ? shape.name : wire);
		const value = readAt(renamed ? shape.shape : shape, at, source);
		if (value !== undefined) entries.push([wire, value]);
	}
	return Object.fromEntries(entries);
}

function isMember(shape: Shape | Member): shape is Member {
	return typeof shape === 'object' && 'name' in shape;
}

function readList(shape: Shape, place: Place, source: Source): Value[] | undefined {
	if (place.value === '') return undefined;
	const text = typeof place.value === 'string' ? parseExact(place.value) : undefined;
	const list = Array.isArray(text) ? text : place.value;
	return elements(Array.isArray(list) ? list : [list], place.path, shape, source);
}

function readOneOrMany(shape: Shape, place: Place, source: Source): Value | undefined {
	const text = typeof place.value === 'string' ? parseExact(place.value) : undefined;
	const list = Array.isArray(text) ? text : place.value;
	return Array.isArray(list)
		? elements(list, place.path, shape, source)
		: readAt(shape, place, source);
}

function readRows(shape: Shape, place: Place, source: Source): Value[] | undefined {
	const rows = rowsOf(place);
	return rows && elements(rows, place.path, shape, source);
}

function elements(list: unknown[], path: string[], shape: Shape, source: Source): Value[] {
	return list.flatMap((element, index) => {
		const value = readAt(shape, new Inner(element, [...path, String(index)]), source);
		return value === undefined ? [] : [value];
	});
}

function readMap(shape: Shape, place: Place, source: Source): ValueObject | undefined {
	const rows = rowsOf(place);
	if (rows === undefined) return undefined;
	const members = new Map<string, Value>();
	rows.forEach((row, index) => {
		const at = new Inner(row, [...place.path, String(index)]);
		const key = readAt('text', at.below('key'), source);
		const value = readAt(shape, at.below('value'), source);
		if (value === undefined) return;
		if (typeof key === 'string' && key !== '') {
			if (members.has(key)) throw twice(key, place.path);
			members.set(key, value);
		} else if (value !== '') {
			throw new InvalidValue(at.below('key').path, 'a name for the value', undefined);
		}
	});
	return Object.fromEntries([...members].sort(byName));
}

/** The rows of a fixed collection; an expression may give them as an array. */
function rowsOf(place: Place): unknown[] | undefined {
	const isRows = (value: unknown) => isObject(value) || Array.isArray(value);
	const { value } = expanded(place, isRows, 'rows');
	const rows = Array.isArray(value) ? value : member(value, 'rows');
	if (rows === undefined || rows === null) return undefined;
	return Array.isArray(rows) ? rows : [rows];
}

/** A place whose value is as it must be; an expression may have given JSON text. */
function expanded(place: Place, fits: (value: unknown) => boolean, expected: string): Place {
	if (fits(place.value)) return place;
	const value = typeof place.value === 'string' ? parseExact(place.value) : undefined;
	if (!fits(value)) throw new InvalidValue(place.path, expected, place.value);
	return new Inner(value, place.path);
}

/**
 * Members that a schema names are sent in the order of their names, wherever they stand in the editor;
 * then the others, in that order too. Members in JSON count as named, and stand instead of what was
 * entered for them.
 */
function readMerged(shapes: Shape[], place: Place, source: Source): Value | undefined {
	const known = new Map<string, Value>();
	const others = new Map<string, Value>();
	let found = false;
	for (const shape of shapes) {
		const value = readAt(shape, place, source);
		if (value === undefined || value === null) continue;
		if (!isObject(value)) {
			throw new InvalidValue([...place.path, ...keysOf(shape)], 'an object', value);
		}
		const bare = bareShape(shape, source);
		const isNamed = bare === 'json' || (typeof bare === 'object' && 'object' in bare);
		for (const [name, member] of Object.entries(value as ValueObject)) {
			const isEntered = known.has(name) || others.has(name);
			if (isEntered && bare !== 'json') {
				throw twice(name, [...place.path, ...keysOf(shape)]);
			}
			const members = others.has(name) || !isNamed ? others : known;
			members.set(name, member);
		}
		found = true;
	}
	const sorted = [known, others].flatMap((members) => [...members].sort(byName));
	return found ? Object.fromEntries(sorted) : undefined;
}

function twice(name: string, path: string[]): InvalidValue {
	return new InvalidValue(path, `"${name}" only once`, Symbol('it twice'));
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
	return one < other ? -1 : 1;
}

function readChosen(
	parameter: string,
	among: Record<string, Shape>,
	place: Place,
	source: Source,
): Value | undefined {
	const chosen = place.below(parameter);
	if (chosen.value === undefined || chosen.value === null || chosen.value === '') return undefined;
	const shape = member(among, String(chosen.value)) as Shape | undefined;
	if (shape === undefined) {
		throw new InvalidValue(chosen.path, `one of ${Object.keys(among).join(', ')}`, chosen.value);
	}
	return readAt(shape, place, source);
}
