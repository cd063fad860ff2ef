// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** Which event a delivery is about, whether it was chosen, and what becomes of it. */
import type { IDataObject } from 'n8n-workflow';

import { ALL_EVENTS, type TriggerDescriptor } from './descriptor';
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
		const value =
			'header' in key
				? member(message.headers, key.header.toLowerCase())
				: dig(message.body, key.body);
		const name = typeof value === 'string' ? value : undefined;
		const option = name === undefined ? undefined : member(events, name);
		return { name, option: option as string | undefined, record };
	});
	const named = found.find(({ option }) => option !== undefined);
	return named ?? found.find(({ name }) => name !== undefined) ?? found[0] ?? { record: [] };
}

/** What was chosen: option values, also when an expression gives them as text or as one value. */
export function chosenIn(value: unknown): string[] {
	const list = typeof value === 'string' ? (parseJson(value) ?? value) : value;
	const values: unknown[] = Array.isArray(list) ? list : [list];
	return values.filter((it) => typeof it === 'string' && it !== '') as string[];
}

/** Whether an event was chosen: itself, its group, or every event. */
export function isChosen(
	{ kinds, groups }: TriggerDescriptor,
	{ name, option }: DeliveredEvent,
	chosen: string[],
): boolean {
	if (kinds.length === 0 || chosen.includes(ALL_EVENTS)) return true;
	if (name === undefined) return false;
	if (chosen.includes(option ?? name)) return true;
	return chosen.some(
		(choice) => option !== undefined && membersOf(groups, choice).includes(option),
	);
}

/**
 * The names on the wire of what was chosen, in the order of the descriptor; an option that is not known,
 * which only an expression can give, is a name itself.
 */
export function namesOf({ kinds, groups }: TriggerDescriptor, chosen: string[]): string[] {
	const known = kinds.flatMap(({ events }) => Object.entries(events));
	const isAll = chosen.includes(ALL_EVENTS);
	const options = new Set(chosen.flatMap((choice) => [choice, ...membersOf(groups, choice)]));
	const names = known.filter(([, option]) => isAll || options.has(option)).map(([name]) => name);
	const isKnown = (choice: string) =>
		choice === ALL_EVENTS ||
		membersOf(groups, choice).length > 0 ||
		known.some(([, option]) => option === choice);
	return [...new Set([...names, ...chosen.filter((choice) => !isKnown(choice))])];
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
