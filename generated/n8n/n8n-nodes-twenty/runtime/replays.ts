// A copy of the runtime of Specwright 0.1.0. Do not edit.
/**
 * Deliveries that came already.
 *
 * In the memory of the process: what a webhook writes to a node's static data is lost in n8n 2.40 when
 * the workflow starts, and several copies that come at once would all find it empty.
 */

/** The most deliveries that are remembered for one node. */
export const MOST = 10_000;

/** By node, until when each delivery is remembered, in milliseconds since 1970; the oldest first. */
const seen = new Map<string, Map<string, number>>();

/**
 * Remembers a delivery, and says whether it is the first time.
 *
 * It is one step, between whose beginning and end nothing else runs: of copies that come at once one is
 * the first.
 *
 * @param node Which node of which workflow it came to.
 * @param delivery What is signed of it.
 * @param at When it came.
 * @param period How long it is remembered, the same for all of a node, in milliseconds.
 */
export function isFirst(node: string, delivery: string, at: number, period: number): boolean {
	const known = seen.get(node) ?? new Map<string, number>();
	const until = known.get(delivery);
	if (until !== undefined && until >= at) return false;
	for (const [key, end] of known) {
		if (end >= at && known.size < MOST) break;
		known.delete(key);
	}
	known.set(delivery, at + period);
	seen.set(node, known);
	return true;
}
