/** `multipart/form-data` bodies (RFC 7578), with the media type of each part, which `FormData` cannot say. */
import { randomUUID } from 'crypto';

import type { Attachment, Payload, ReadFile } from './body';
import type { Body } from './descriptor';
import {
	FileReference,
	isJsonType,
	jsonText,
	scalarText,
	type Value,
	type ValueObject,
} from './values';

/** Writes each property as a part, or as one for each of its items. */
export async function writeMultipart(
	{ parts }: Body,
	value: ValueObject,
	readFile: ReadFile,
): Promise<Payload> {
	const boundary = `----${randomUUID()}`;
	const pieces: Buffer[] = [];
	for (const [name, property] of Object.entries(value)) {
		const contentType = parts?.[name]?.contentType;
		const items = Array.isArray(property) && !isJsonType(contentType) ? property : [property];
		for (const item of items) {
			if (item === null) continue;
			const part = await partOf(item, contentType, readFile);
			pieces.push(Buffer.from(`--${boundary}\r\n${head(name, part)}\r\n`), part.content);
			pieces.push(Buffer.from('\r\n'));
		}
	}
	pieces.push(Buffer.from(`--${boundary}--\r\n`));
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		content: Buffer.concat(pieces),
	};
}

type Part = Omit<Attachment, 'type'> & { type?: string };

async function partOf(value: Value, type: string | undefined, readFile: ReadFile): Promise<Part> {
	const declared = type?.split(',')[0].trim();
	const exact = declared?.includes('*') ? undefined : declared;
	if (value instanceof FileReference) {
		const file = await readFile(value.file);
		return { ...file, type: exact ?? file.type };
	}
	const text = isJsonType(exact) ? undefined : scalarText(value);
	return {
		content: Buffer.from(text ?? jsonText(value)),
		type: exact ?? (text === undefined ? 'application/json' : undefined),
	};
}

function head(name: string, { name: fileName, type }: Part): string {
	const file = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`;
	const contentType = type === undefined ? '' : `Content-Type: ${type.replace(/[\r\n]/g, '')}\r\n`;
	return `Content-Disposition: form-data; name="${quoted(name)}"${file}\r\n${contentType}`;
}

/** As browsers do. */
function quoted(text: string): string {
	return text.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}
