// @ts-check
'use strict';
/** Counts what passed of what had to, which is known beforehand and not found by what counts it. */

class Tally {
	/** @type {Map<string, string[]>} */
	failures = new Map();
	/** @type {Set<string>} */
	passed = new Set();

	/**
	 * @param {string} mode
	 * @param {string} unit what is counted: `actions`
	 * @param {{ id: string, beside?: boolean }[]} wanted
	 */
	constructor(mode, unit, wanted) {
		this.mode = mode;
		this.unit = unit;
		this.wanted = wanted;
	}

	/** @param {string} id @param {string[]} differences */
	add(id, differences) {
		if (differences.length === 0) this.passed.add(id);
		else this.failures.set(id, [...(this.failures.get(id) ?? []), ...differences]);
	}

	/** Runs a check; what it throws is a failure. @param {string} id @param {() => Promise<string[]>} check */
	async check(id, check) {
		try {
			this.add(id, await check());
		} catch (error) {
			const expected = error instanceof Error && ['NoNull', 'NoPlace'].includes(error.constructor.name);
			this.add(id, [expected ? `no place: ${error.message}` : String(error instanceof Error ? error.stack : error)]);
		}
	}

	/** @param {string} id */
	#holds(id) {
		return this.passed.has(id) && !this.failures.has(id);
	}

	get isComplete() {
		return this.wanted.length > 0 && this.failures.size === 0 && this.wanted.every(({ id }) => this.#holds(id));
	}

	/** `required: 252 of 252 actions, 1 of 1 beside them`. */
	summary() {
		const count = (/** @type {boolean} */ beside) => {
			const group = this.wanted.filter((it) => (it.beside ?? false) === beside);
			return { all: group.length, passed: group.filter(({ id }) => this.#holds(id)).length };
		};
		const [main, beside] = [count(false), count(true)];
		const others = beside.all > 0 ? `, ${beside.passed} of ${beside.all} beside them` : '';
		return `${this.mode}: ${main.passed} of ${main.all} ${this.unit}${others}`;
	}

	/** What went wrong, for people; the first few. @param {number} most */
	report(most) {
		const missing = this.wanted.filter(({ id }) => !this.#holds(id) && !this.failures.has(id));
		const all = [...this.failures, ...missing.map(({ id }) => /** @type {[string, string[]]} */ ([id, ['was not tried']]))];
		const lines = all.slice(0, most).map(([id, why]) => `  ${this.mode}: ${id}\n    ${why.slice(0, 6).join('\n    ')}`);
		if (all.length > most) lines.push(`  ${this.mode}: and ${all.length - most} more`);
		return lines.join('\n');
	}
}

module.exports = { Tally };
