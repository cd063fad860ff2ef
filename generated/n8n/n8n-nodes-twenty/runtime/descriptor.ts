// A copy of the runtime of Specwright 0.1.0. Do not edit.
/**
 * What a generated package says of its API, as the runtime reads it: one descriptor per resource, and one
 * of its events.
 *
 * `../nodes/<Node>/resources/<resource>.json` holds a {@link ResourceDescriptor}. Its `properties` are
 * what the editor draws; its `operations` have the request that each operation sends. The generator
 * writes both from the same types, so that a field's form and the way its value is read agree.
 *
 * `../nodes/<Node>Trigger/trigger.json` holds a {@link TriggerDescriptor}.
 */
import type { INodeProperties } from 'n8n-workflow';

/** The version of this format. A package and its runtime are always of one version. */
export const SCHEMA_VERSION = 1;

/** The names of the parameters that the runtime reads by itself, beside those that shapes lead to. */
export const NODE_PARAMETERS = {
	/** The name of the credential, where the node has several. */
	authentication: 'authentication',
	/** Whether a paged list is read to its end. */
	returnAll: 'returnAll',
	/** How many items of a paged list are wanted, without Return All. */
	limit: 'limit',
	/** Whether {@link ResponseReading}'s `simplify` applies. */
	simplify: 'simplify',
	/** The binary property that a file is put into; `data` when it is blank. */
	binaryPropertyName: 'binaryPropertyName',
	/** The media type to ask for: one of {@link ResponseReading}'s `others`, else its `accept`. */
	responseMediaType: 'options.responseMediaType',
	/** Of a trigger: the options that were chosen, {@link ALL_EVENTS} among them. */
	events: 'events',
	/** Of a trigger: whether its output is what came, as it came. */
	rawData: 'options.rawData',
} as const;

/** The option that stands for every event, also for those that are not known. */
export const ALL_EVENTS = '*';

/** The field of a signing credential with the secret. */
export const SIGNING_SECRET = 'signingSecret';

/** A resource with its operations. */
export interface ResourceDescriptor {
	schemaVersion: typeof SCHEMA_VERSION;
	resource: ResourceOption;
	/** In the order of the Operation selector. */
	operations: OperationDescriptor[];
	/** Shapes that several requests share, by their names; see {@link Shape}'s `use`. */
	shapes?: Record<string, Shape>;
	/** How a record is chosen from a list, where the resource has an operation that lists them. */
	lookup?: Lookup;
	/** The parameters of all its operations, each with its `displayOptions`; without the selectors. */
	properties: INodeProperties[];
}

/** The resource as the Resource selector shows it. */
export interface ResourceOption {
	/** The document's tag: `connectedAccounts`. */
	value: string;
	/** In the singular: `Connected Account`. */
	name: string;
	description?: string;
}

/** An operation as the Operation selector shows it, and what it sends. */
export interface OperationDescriptor {
	/** `findMany`. */
	value: string;
	/** `Find Many`. */
	name: string;
	/** In sentence case: `Find many connected accounts`. */
	action: string;
	description?: string;
	request: Request;
}

/** What an operation sends, where its values come from, and what becomes of the answer. */
export interface Request {
	/** `GET`. */
	method: string;
	/** The path below the base URL: text as it is sent, and the names of path parameters. */
	path: Array<string | { parameter: string }>;
	/**
	 * A base URL of the operation's own, in place of the credential's. The credential is sent to it where
	 * its base URL has the origin of `url`, or that of `beside`, the document's own server; else it belongs
	 * to an installation that `url` is no part of, and the request is refused.
	 */
	server?: { url: string; beside?: string };
	/** In the order in which they are sent. */
	parameters?: Parameter[];
	body?: Body;
	response: ResponseReading;
	pagination?: Pagination;
	/** Whether it does no harm to send it again when it is not known whether it arrived. */
	repeatable?: true;
	/** The header that makes it repeatable when it carries a key of the caller's (a UUID). */
	idempotencyKey?: string;
	/** The operation asks for no credentials: they are not sent. */
	anonymous?: true;
}

/** A parameter outside the body (OpenAPI 3.1, section 4.8.12). */
export interface Parameter {
	in: 'path' | 'query' | 'header' | 'cookie';
	/** Its name on the wire. */
	name: string;
	/** Where its value is, seen from the node's parameters. */
	shape: Shape;
	/** `form` in queries and cookies, `simple` in paths and headers, when it is absent. */
	style?:
		| 'matrix'
		| 'label'
		| 'simple'
		| 'form'
		| 'spaceDelimited'
		| 'pipeDelimited'
		| 'tabDelimited'
		| 'deepObject';
	/** As the style's own default (true for `form` alone) when it is absent. */
	explode?: boolean;
	/** `:/?@!$()*,;=` and escapes that are there are left as they are. */
	allowReserved?: true;
	/** The value is written in this media type, and style does not apply. */
	content?: string;
	/** A request without it is refused. */
	required?: true;
	/**
	 * The credential's field with the value that is sent where the node has none: one that all operations
	 * with this parameter share. An empty field says nothing.
	 */
	credential?: string;
}

/** A request body. */
export interface Body {
	/** As the document writes it: `application/json`. */
	mediaType: string;
	encoding: 'json' | 'form' | 'multipart' | 'text' | 'binary';
	/** Of a file: what its media type may be as well. The item's file says which it is. */
	others?: string[];
	/** Where its value is, seen from the node's parameters. */
	shape: Shape;
	/** It is sent also when nothing is set: `{}`, `[]` or an empty text; other shapes need a value. */
	required?: true;
	/** The parameter with the names of the properties to send null for ("Fields to Clear"). */
	clear?: string[];
	/**
	 * How properties of a form or of a multipart body travel, where the document says it. In a form a
	 * `contentType` of JSON writes a list as one value, and every other is left out; a multipart body has
	 * each list's items as parts of their own, whatever its `style`, `explode` and `allowReserved` say.
	 */
	parts?: Record<
		string,
		{ contentType?: string; style?: Parameter['style']; explode?: boolean; allowReserved?: true }
	>;
}

/**
 * How a value of the node's parameters becomes a value on the wire.
 *
 * A shape is read at a place: the node's parameters at first, then what `at` leads to. What is not there
 * is not sent. Null, which only an expression can give, is sent as null.
 *
 * | shape | at its place is | what is sent |
 * |---|---|---|
 * | `text` | a string | it, also when it is empty |
 * | `option` | an option's value; a string, a number or a boolean | it; nothing for `''` |
 * | `id` | a string, or a resource locator | the id; nothing for `''`. Of a locator's URL, without query and fragment: the last UUID of the path, else its last segment |
 * | `number`, `integer` | a number, or a text with one | the number; nothing for `''`. Of a text also whole numbers from 2^53 as they are |
 * | `boolean` | a boolean, or the text of one | it; nothing for `''` |
 * | `dateTime` | a date picker's text, a `DateTime` or a `Date` | RFC 3339, in the workflow's time zone where the text names none; nothing for `''` |
 * | `date` | the same | RFC 3339's full-date; nothing for `''` |
 * | `textOrNumber` | a text | a number where the text is JSON of one, else the text; nothing for `''` |
 * | `textOrBoolean` | a text | the same with a boolean |
 * | `textOrScalar` | a text | the same with a number or a boolean |
 * | `json` | a text of JSON, or a value | the value; nothing for `''`. Of a text also whole numbers from 2^53 as they are |
 * | `binary` | the name of a binary property of the item, or what is in one | its bytes |
 * | `object` | a collection | an object with the members that are there, by their wire names |
 * | `list` | an array (or a single value) | an array |
 * | `oneOrMany` | a value, an array, or an array in JSON | the value, or an array |
 * | `rows` | a fixed collection, `{rows: [..]}` | an array with an element for each row |
 * | `map` | a fixed collection of `{key, value}`, `{rows: [..]}` | an object, by its keys; a value without a key is refused |
 * | `at` | what its keys lead to | the value there |
 * | `merge` | several places | one object with the members of all: those of `object`s by name, then the others by name; one that is there twice is refused, unless the later place is `json`, whose members count as those of an object |
 * | `choose` | a parameter that says which shape applies | the value of that shape |
 * | `constant` | | this value, wherever it stands |
 * | `use` | | the shape of this name in {@link ResourceDescriptor.shapes} |
 */
export type Shape =
	| 'text'
	| 'option'
	| 'id'
	| 'number'
	| 'integer'
	| 'boolean'
	| 'dateTime'
	| 'date'
	| 'textOrNumber'
	| 'textOrBoolean'
	| 'textOrScalar'
	| 'json'
	| 'binary'
	/** By wire name, in the order in which they are sent. */
	| { object: Record<string, Shape | Member> }
	| { list: Shape }
	/** The shape is that of a single value. */
	| { oneOrMany: Shape }
	/** The shape is read in each row. */
	| { rows: Shape }
	/** The shape is read at each row's `value`; `key` is a string. */
	| { map: Shape }
	| { at: string[]; shape: Shape }
	| { merge: Shape[] }
	| { choose: string; among: Record<string, Shape> }
	| { constant: string | number | boolean }
	| { use: string };

/** A member of an object whose parameter has another name than it has on the wire. */
export interface Member {
	/** The parameter's name. */
	name: string;
	shape: Shape;
}

/** What becomes of a response. */
export interface ResponseReading {
	/** The `accept` header. */
	accept: string;
	/** How a success's body is read. */
	as: 'json' | 'text' | 'binary' | 'nothing';
	/** What else can be asked for, and how that is read: a file, or something else than the body. It comes whole. */
	others?: Record<string, 'json' | 'text' | 'binary'>;
	/**
	 * The keys from the body to the record or the list; none: the body itself. Where they lead nowhere, a
	 * record is the body itself, and a list is an error; a list that is null has no items.
	 */
	data?: string[];
	/** The data is a list: each element becomes an item. */
	list?: true;
	/** The operation removes something: the item says `deleted: true`, with the parameter's value by this name. */
	deleted?: { id?: string };
	/** What is left of a record with Simplify: the keys of its members. */
	simplify?: string[];
}

/** Where a request takes a value that pages a list: a query parameter, a header, or keys of its JSON body. */
export type Slot = string | { header: string } | { body: string[] };

/** Where a response has a value that pages a list: keys of the body, a header, or keys of an item. */
export type Given = string[] | { header: string } | { last: string[] } | { first: string[] };

/** How a list continues. The node has the parameters `returnAll` and `limit` then. */
export interface Pagination {
	/** The keys from the body to the items; none: the body itself. What is there is a list or null. */
	items: string[];
	/** What takes the size of a page, and its limits. It is sent for `limit`; with Return All only where a larger page than the default is allowed. */
	size?: { parameter: Slot; maximum?: number; default?: number };
	next: /**
	 * The response has a cursor at `cursor`, which `parameter` sends back. A list that is begun with the
	 * parameter of `back` goes on with that, to the page without such a cursor.
	 */
	| {
				by: 'cursor';
				parameter: Slot;
				cursor: Given;
				back?: { parameter: Slot; cursor: Given };
		  }
		/**
		 * Pages are numbered; the last one is followed by an empty one, or by itself again. Where it is not
		 * known whether `first` is 0 or 1, page 1 is asked for after the page that comes by itself, and when
		 * that is the same one, page 2; a known `first` is sent. What is at `current` is the number of the page that came.
		 */
		| { by: 'page'; parameter: Slot; first?: number; current?: string[] }
		/** Items are skipped; the last page as above. */
		| { by: 'offset'; parameter: Slot; first?: number }
		/** A `Link` header with `rel="next"` (RFC 8288). */
		| { by: 'link' }
		/** The body has the next page's URL at `url`. */
		| { by: 'url'; url: string[] };
	/** The keys to a boolean that says whether there is more. */
	more?: string[];
	/** Where the number of pages is. */
	pages?: Given;
	/** Where the number of items in all pages is; only for what is counted, and it ends the list. */
	total?: Given;
}

/** How a record is chosen from a list. */
export interface Lookup {
	/** The name of the list search method: `searchPeople`. */
	method: string;
	/** The operation that lists records, without any required value: `findMany`. */
	operation: string;
	/** The keys of a record to its id. */
	value: string[];
	/** What a record is called: the texts at these places, joined by a space; the id where there is none. */
	label: string[][];
	/**
	 * How the server searches, where it can: the query parameter, and what it takes, with `{text}` for
	 * the longest word of the text, whose other words are looked for in the answer. Without a value it
	 * takes the text itself.
	 */
	search?: { parameter: string; value?: string };
}

/** The events of an API, how a delivery is known to be the API's own, and how one subscribes. */
export interface TriggerDescriptor {
	schemaVersion: typeof SCHEMA_VERSION;
	/**
	 * What tells events apart, in the order in which a delivery is looked at. Where there is nothing, every
	 * delivery is passed on, and the node has no parameter `events`.
	 */
	kinds: EventKind[];
	/** Options that stand for others, which they name: `company.*`. */
	groups?: Record<string, string[]>;
	/** How deliveries are signed. Without it they are taken as they come. */
	signature?: Signature;
	/**
	 * The keys from a signed body to what identifies a delivery. A delivery that comes again is acknowledged;
	 * without them it is recognised by its signature, and refused.
	 */
	deliveryId?: string[];
	/** How one subscribes through the API; without it, people enter the trigger's URL themselves. */
	subscription?: Subscription;
	/** The node's parameters, without the selector of the credential. */
	properties: INodeProperties[];
}

/** Events that say in one place which they are, and have their record in one place. */
export interface EventKind {
	/**
	 * Where a delivery says which event it is: a header's name, or keys from the body. With both the name is
	 * what the header has and, where there is something in the body, a dot and that.
	 */
	key: { header?: string; body?: string[] };
	/** The keys from the body to the record; none: the body itself. */
	record?: string[];
	/** By what stands at `key`, the option that it is. */
	events: Record<string, string>;
}

/** What a receiver computes from a secret that both sides know. */
export type Signature =
	| {
			/** HMAC with SHA-256 (RFC 2104) over parts of the delivery. */
			scheme: 'hmacSha256';
			header: string;
			/** What stands before it in the header: `sha256=`. */
			prefix?: string;
			encoding: 'hex' | 'base64';
			/** What is signed, in order; the timestamp as the header has it. */
			signed: Array<'timestamp' | 'body' | { text: string }>;
			/** Where the time of sending stands, and what it counts since 1970. */
			timestamp?: { header: string; unit: 'seconds' | 'milliseconds' };
	  }
	/** Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`. */
	| { scheme: 'standardWebhooks' };

/**
 * How one subscribes to events. What the shapes of the requests read is {@link SUBSCRIBED}, and no
 * parameter of the node.
 */
export interface Subscription {
	create: Request;
	delete: Request;
	/** Finds a subscription by its id, or lists them all; without it, it is taken to be there. */
	find?: Request;
	/** The keys from a record to its id. */
	id: string[];
	/** Each subscription is about one event. */
	single?: true;
	/** The names of events that it takes, where they are known; others are not sent. */
	offered?: string[];
	/**
	 * By option, the API's own name for all events that the option stands for: `*.*`, `company.*`. Without
	 * one, the events are named one by one.
	 */
	wildcards?: Record<string, string>;
	/** The keys from what `find` gives to the URL and the events, where they are told. */
	url?: string[];
	events?: string[];
	/** Who decides on the secret: we do, or the API at these keys of what `create` gives. */
	secret?: 'chosen' | { given: string[] };
}

/** What the shapes of a {@link Subscription} can read; `all` has all of it, for objects inside a body. */
export const SUBSCRIBED = ['id', 'url', 'event', 'events', 'secret', 'all'] as const;

/** The values of {@link SUBSCRIBED}, as far as a request needs them. */
export type Subscribed = Partial<Record<(typeof SUBSCRIBED)[number], unknown>>;
