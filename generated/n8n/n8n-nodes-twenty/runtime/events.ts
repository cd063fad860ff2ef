// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Which event a delivery is about, whether it was chosen, and what becomes of it. */
import type { IDataObject } from 'n8n-workflow';

import { ALL_EVENTS, type EventKind, type TriggerDescriptor } from './descriptor';
import { dig, isObject, member, parseJson } from './values';

/** What a delivery says. */
export interface Message {
	headers: Record<string, unknown>;
	query: unknown;
	/** As n8n reads it from its media type. */
	body: unknown;
}

/** An event, as far as it is known. */
export interface DeliveredEvent {
	/** What the delivery calls it; `undefined` where it says nothing. */
	name?: string;
	/** The option that it is; `undefined` for an event that is not known. */
	option?: string;
	/** The keys from the body to the record. */
	record: string[];
}

/** The event that a delivery is about. */
export function eventOf({ kinds }: TriggerDescriptor, message: Message): DeliveredEvent {
	const found = kinds.map(({ key, record = [], events }) => {
		const name = nameOf(key, message);
		const option = name === undefined ? undefined : member(events, name);
		return { name, option: option as string | undefined, record };
	});
	const named = found.find(({ option }) => option !== undefined);
	return named ?? found.find(({ name }) => name !== undefined) ?? found[0] ?? { record: [] };
}

/** What a delivery says where events of a kind say which they are. */
function nameOf({ header, body }: EventKind['key'], message: Message): string | undefined {
	const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
	const inBody = body && text(dig(message.body, body));
	if (header === undefined) return inBody;
	const inHeader = text(member(message.headers, header.toLowerCase()));
	return inHeader === undefined || inBody === undefined ? inHeader : `${inHeader}.${inBody}`;
}

/** What was chosen: option values, also when an expression gives them as text or as one value. */
export function chosenIn(value: unknown): string[] {
	const list = typeof value === 'string' ? (parseJson(value) ?? value) : value;
	const values: unknown[] = Array.isArray(list) ? list : [list];
	return values.filter((it) => typeof it === 'string' && it !== '') as string[];
}

/**
 * Whether an event was chosen: itself, its group, or every event. An event that is not known belongs to
 * the groups whose names it begins with.
 */
export function isChosen(
	{ kinds, groups }: TriggerDescriptor,
	{ name, option }: DeliveredEvent,
	chosen: string[],
): boolean {
	if (kinds.length === 0 || chosen.includes(ALL_EVENTS)) return true;
	if (name === undefined) return false;
	if (chosen.includes(option ?? name)) return true;
	return chosen.some((choice) => {
		const members = membersOf(groups, choice);
		const isKnown = option !== undefined && members.length > 0;
		return isKnown ? members.includes(option) : isBelow(name, choice);
	});
}

/** Whether a name belongs to one that stands for several: `company.restored` to `company.*`. */
function isBelow(name: string, choice: string): boolean {
	const start = choice.slice(0, -ALL_EVENTS.length);
	return choice.endsWith(ALL_EVENTS) && start !== '' && name.startsWith(start);
}

/**
 * The names under which the API is told what was chosen: its own names for several events where it has
 * them, else those of the events, in the order of the descriptor. An option that is not known, which only
 * an expression can give, is a name itself.
 */
export function namesOf(
	{ kinds, groups, subscription }: TriggerDescriptor,
	chosen: string[],
): string[] {
	const wide = (choice: string) => member(subscription?.wildcards, choice) as string | undefined;
	const isAll = chosen.includes(ALL_EVENTS);
	const every = isAll ? wide(ALL_EVENTS) : undefined;
	if (every !== undefined) return [every];
	const isWide = (choice: string) => !isAll && wide(choice) !== undefined;
	const several = chosen.filter(isWide);
	const covered = new Set(several.flatMap((choice) => membersOf(groups, choice)));
	const known = kinds.flatMap(({ events }) => Object.entries(events));
	const options = new Set(chosen.flatMap((choice) => [choice, ...membersOf(groups, choice)]));
	const isNamed = (option: string) => isAll || (options.has(option) && !covered.has(option));
	const names = known.filter(([, option]) => isNamed(option)).map(([name]) => name);
	const isKnown = (choice: string) =>
		choice === ALL_EVENTS ||
		membersOf(groups, choice).length > 0 ||
		known.some(([, option]) => option === choice);
	const others = chosen.filter((choice) => !isKnown(choice));
	return [...new Set([...names, ...several.map((choice) => wide(choice) ?? choice), ...others])];
}

function membersOf(groups: TriggerDescriptor['groups'], choice: string): string[] {
	return (member(groups, choice) ?? []) as string[];
}

/**
 * The item for a delivery: the event's name, the record, and what stands beside it in the body as
 * metadata; the same for all events of an API.
 */
export function itemOf({ name, record }: DeliveredEvent, { body }: Message): IDataObject {
	const found = record.length > 0 ? dig(body, record) : undefined;
	const item = {
		...(name !== undefined && { event: name }),
		...(found === undefined
			? { record: body, metadata: {} }
			: { record: found, metadata: without(body, record) }),
	};
	return item as IDataObject;
}

/** A copy of a value without what the keys lead to. */
function without(value: unknown, [key, ...rest]: string[]): unknown {
	if (!isObject(value) || key === undefined) return value;
	const entries = Object.entries(value).flatMap(([name, inner]) => {
		if (name !== key) return [[name, inner]];
		return rest.length > 0 ? [[name, without(inner, rest)]] : [];
	});
	return Object.fromEntries(entries) as unknown;
}
