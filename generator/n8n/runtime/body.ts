/** Request bodies. */
import type { Body, Shape } from './descriptor';
import { writeMultipart } from './multipart';
import { bareShape, keysOf, read, type Source } from './read';
import { component, reserved, writePairs } from './styles';
import {
	FileReference,
	InvalidValue,
	isJsonType,
	isObject,
	jsonText,
	scalarText,
	type Value,
	type ValueObject,
} from './values';

/** A file of the item. */
export interface Attachment {
	content: Buffer;
	name?: string;
	type: string;
}

/** Reads a file of the item. */
export type ReadFile = (file: FileReference['file']) => Promise<Attachment>;

/** A body as it is sent. */
export interface Payload {
	contentType: string;
	content: string | Buffer;
}

/**
 * Writes a body; `undefined` where none is sent.
 *
 * @throws {@link InvalidValue} where a value has no form in this media type.
 */
export async function writeBody(
	body: Body,
	source: Source,
	readFile: ReadFile,
): Promise<Payload | undefined> {
	const value = bodyValue(body, source);
	if (value === undefined) return undefined;
	const contentType = mediaTypeOf(body);
	switch (body.encoding) {
		case 'json':
			return { contentType, content: jsonText(value) };
		case 'form':
			return { contentType, content: writeForm(body, objectOf(value)) };
		case 'multipart':
			return await writeMultipart(body, objectOf(value), readFile);
		case 'text':
			return { contentType, content: unparsed(textOf(value), contentType) };
		case 'binary': {
			if (typeof value === 'string') return { contentType, content: value };
			if (!(value instanceof FileReference)) throw new InvalidValue([], 'a file', value);
			const file = await readFile(value.file);
			const isOwn = [body.mediaType, ...(body.others ?? [])].some((it) => allows(it, file.type));
			return { contentType: isOwn ? file.type : contentType, content: file.content };
		}
	}
}

/** Whether a body in this media type, or range of them, can be a file of the type. */
function allows(mediaType: string, type: string): boolean {
	const [range, own] = [mediaType, type].map((it) => it.split(';')[0].trim().toLowerCase());
	const [group] = range.split('*');
	return range === own || (range.includes('*') && own.startsWith(group));
}

/** What is in the body; nothing where no parameter was set, unless the body is required. */
function bodyValue(body: Body, source: Source): Value | undefined {
	let value = read(body.shape, source);
	const cleared = body.clear && read({ at: body.clear, shape: { list: 'option' } }, source);
	if (Array.isArray(cleared) && cleared.length > 0) value = withNulls(value, cleared, body);
	const isEmpty = isObject(value) && Object.keys(value).length === 0;
	const isNothing = isEmpty && !isWritten(body.shape, source);
	if (value !== undefined && !isNothing) return value;
	return body.required ? emptyOf(body.shape, source) : undefined;
}

/** Whether the user writes the whole value, and means it when it is `{}`. */
function isWritten(shape: Shape, source: Source): boolean {
	return typeof bareShape(shape, source) === 'string';
}

function withNulls(value: Value | undefined, names: Value[], { clear = [] }: Body): ValueObject {
	const object = value === undefined || value === null ? {} : objectOf(value);
	const entries = Object.entries(object);
	for (const name of names.map(String)) {
		const set = entries.find(([known, current]) => known === name && current !== null);
		if (set !== undefined) throw new InvalidValue(clear, 'fields without a value', name);
		entries.push([name, null]);
	}
	return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What a required body is when nothing is set. */
function emptyOf(shape: Shape, source: Source): Value {
	const bare = bareShape(shape, source);
	if (bare === 'text') return '';
	if (typeof bare === 'string' || 'choose' in bare || 'oneOrMany' in bare) {
		throw new InvalidValue(keysOf(shape), bare === 'binary' ? 'a file' : 'a value', undefined);
	}
	return 'list' in bare || 'rows' in bare ? [] : {};
}

/** What `content-type` says: a range is none that a body can have, and JSON has no charset. */
function mediaTypeOf({ mediaType, encoding }: Body): string {
	if (mediaType.includes('*')) {
		return encoding === 'json' ? 'application/json' : 'application/octet-stream';
	}
	return /^application\/json\s*;/i.test(mediaType) ? 'application/json' : mediaType;
}

/** Scalars and lists of them as a form's pairs, everything else as JSON (OpenAPI 3.1, section 4.8.15). */
function writeForm({ parts }: Body, value: ValueObject): string {
	const flat = (part: Value): Value => (scalarText(part) === undefined ? jsonText(part) : part);
	const pairs = Object.entries(value).flatMap(([name, property]) => {
		if (property === null) return [];
		const part = parts?.[name];
		const style = part?.style ?? 'form';
		const styled =
			part?.style !== undefined || part?.explode !== undefined || part?.allowReserved === true;
		const isList = Array.isArray(property) && !isJsonType(part?.contentType);
		const flattened = isList ? property.map(flat) : flat(property);
		return writePairs(styled ? property : flattened, {
			name,
			style,
			explode: part?.explode ?? style === 'form',
			encoding: part?.allowReserved ? reserved : component,
		});
	});
	return pairs.join('&');
}

function objectOf(value: Value): ValueObject {
	if (isObject(value)) return value as ValueObject;
	throw new InvalidValue([], 'an object as the body', value);
}

/** A text that n8n's HTTP client would take for JSON by the beginning of its media type, and quote: `application/jsonl`. */
function unparsed(text: string, contentType: string): string | Buffer {
	return text !== '' && /application\/json/i.test(contentType) ? Buffer.from(text) : text;
}

/** A text's body: JSON where the value is no text. */
function textOf(value: Value): string {
	return scalarText(value) ?? jsonText(value);
}
