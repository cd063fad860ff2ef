// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** The lists from which records are chosen in the editor. */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { connect, type Connection, type Credentials } from './connection';
import {
	NODE_PARAMETERS,
	type Lookup,
	type OperationDescriptor,
	type ResourceDescriptor,
} from './descriptor';
import { readPage, withSlot, type Page, type Position } from './pages';
import type { Source } from './read';
import { buildRequest, withQuery, type Outgoing } from './request';
import { jsonOf, listIn } from './response';
import { send } from './send';
import { dig, member, parseJson } from './values';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** How many pages are looked through for something to show, at a time. */
const MOST_PAGES = 10;
/** How many records are asked for at a time. */
const PAGE_SIZE = 100;

/** The list search methods of a node, by the names that its resource locators use. */
export function listSearch(
	resources: ResourceDescriptor[],
	credentials: Credentials,
): Record<string, ListSearch> {
	const methods: Record<string, ListSearch> = {};
	for (const { lookup, operations, shapes = {} } of resources) {
		const operation = operations.find(({ value }) => value === lookup?.operation);
		if (lookup === undefined || operation === undefined) continue;
		methods[lookup.method] = async function (filter, paginationToken) {
			const authentication = this.getCurrentNodeParameter(NODE_PARAMETERS.authentication);
			const connection = await connect(this, credentials, authentication);
			// A list is read with nothing set.
			const source: Source = {
				parameter: () => undefined,
				shapes,
				timezone: this.getTimezone(),
				credential: connection.fields,
			};
			const outgoing = await buildRequest(operation.request, source, noFiles);
			const search = new Search(connection, lookup, operation, outgoing, filter?.trim());
			return await search.from(positionIn(paginationToken));
		};
	}
	return methods;
}

async function noFiles(): Promise<never> {
	return await Promise.reject(new TypeError('A list has no files'));
}

/** The search for records to show. */
class Search {
	/** What is typed, word by word: a record is shown if what it is called has all of them. */
	private readonly words: string[];

	constructor(
		private readonly connection: Connection,
		private readonly lookup: Lookup,
		private readonly operation: OperationDescriptor,
		private readonly outgoing: Outgoing,
		private readonly filter = '',
	) {
		// Quotes and backslashes would end a text in many a grammar.
		this.words = filter.split(/[\s"\\]+/).filter((word) => word !== '');
	}

	/** What a page has to show, or the first after it that has something. */
	async from(start: Position): Promise<INodeListSearchResult> {
		let position = start;
		for (let pages = 1; ; pages++) {
			const page = await this.page(position);
			const results = page.items.flatMap((record) => this.result(record));
			// A server that gives the same cursor again has nothing more.
			if (page.next === undefined || page.next.value === position.value) return { results };
			if (results.length > 0 || pages === MOST_PAGES) {
				return { results, paginationToken: JSON.stringify(page.next) };
			}
			position = page.next;
		}
	}

	private async page(position: Position): Promise<Page> {
		const { pagination, response } = this.operation.request;
		const outgoing = this.searched();
		if (pagination === undefined) {
			const answer = await send(this.connection, outgoing);
			const body = await jsonOf(this.connection, answer, outgoing);
			const keys = response.data ?? [];
			return { items: await listIn(this.connection, { answer, body }, outgoing, keys) };
		}
		const { parameter, maximum } = pagination.size ?? {};
		const sized =
			parameter !== undefined && maximum !== undefined
				? withSlot(outgoing, parameter, Math.min(maximum, PAGE_SIZE))
				: outgoing;
		return await readPage(this.connection, pagination, sized, position);
	}

	/** The request with the text that is searched for, where the server can search. */
	private searched(): Outgoing {
		const { search } = this.lookup;
		if (search === undefined || this.filter === '') return this.outgoing;
		if (search.value === undefined) return withQuery(this.outgoing, search.parameter, this.filter);
		// A grammar of the server's own looks into one field at a time: the rest is looked for by us.
		const longest = this.words.reduce(
			(one, other) => (other.length > one.length ? other : one),
			'',
		);
		const value = search.value.split('{text}').join(longest);
		return longest === '' ? this.outgoing : withQuery(this.outgoing, search.parameter, value);
	}

	/** A record as the list shows it; nothing for one that has no id, or is not searched for. */
	private result(record: unknown): INodeListSearchItems[] {
		const value = dig(record, this.lookup.value);
		if (typeof value !== 'string' && typeof value !== 'number') return [];
		const texts = this.lookup.label.map((keys) => dig(record, keys));
		const label = texts.filter((text) => typeof text === 'string' || typeof text === 'number');
		const name = label.map(String).join(' ').trim() || String(value);
		const { search } = this.lookup;
		const isLeftToServer = search !== undefined && search.value === undefined;
		const isFound = this.words.every((word) => name.toLowerCase().includes(word.toLowerCase()));
		return isLeftToServer || isFound ? [{ name, value }] : [];
	}
}

/** The position that the editor gives back. */
function positionIn(token: string | undefined): Position {
	const position = token === undefined ? undefined : parseJson(token);
	const value = member(position, 'value');
	const before = member(position, 'before');
	if (value === undefined || value === null) return {};
	return typeof before === 'string' ? { value, before } : { value };
}
