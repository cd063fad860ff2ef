// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** When a request is sent again, and how long that waits. */
import type { Outgoing } from './request';

/** How often a request is sent, at most. */
export const MOST_TRIES = 4;

/** The longest wait between two tries, in milliseconds. */
const LONGEST_WAIT = 60_000;
const FIRST_WAIT = 500;

/** Answers that say that the server did nothing, or did not get to it. */
const TEMPORARY = [408, 502, 503, 504];

/** Whether an answer may be another one next time: 429 always, others where sending twice does no harm. */
export function isWorthRepeating(status: number, { repeatable }: Outgoing): boolean {
	return status === 429 || (repeatable && TEMPORARY.includes(status));
}

/**
 * The wait after a try, in milliseconds: what the server asks for, else twice as long each time.
 *
 * @param tries How often it was sent, from 1.
 * @param retryAfter The header of this name: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 */
export function waitAfter(tries: number, retryAfter: string | undefined): number {
	const asked = retryAfter === undefined ? NaN : millisecondsOf(retryAfter.trim());
	const wait = Number.isNaN(asked) ? FIRST_WAIT * 2 ** (tries - 1) : asked;
	return Math.min(Math.max(wait, 0), LONGEST_WAIT);
}

function millisecondsOf(text: string): number {
	return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
}
