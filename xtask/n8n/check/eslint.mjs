// @ts-check
/** ESLint as the tools have it, and its results as findings. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A module of the tools.
 * @param {string} tools
 * @param {string} name
 */
export async function load(tools, name) {
	const from = createRequire(join(tools, 'package.json'));
	const loaded = await import(pathToFileURL(from.resolve(name)).href);
	return loaded.default ?? loaded;
}

/**
 * @param {{ filePath: string, errorCount: number, warningCount: number, messages: { line: number, message: string, ruleId: string | null }[] }[]} results
 * @param {string} root paths are shown from here
 * @returns {import('./main.mjs').Found}
 */
export function found(results, root) {
	const sum = (/** @type {'errorCount' | 'warningCount'} */ key) =>
		results.reduce((total, result) => total + result[key], 0);
	const details = results.flatMap(({ filePath, messages }) =>
		messages.map(
			({ line, message, ruleId }) =>
				`${filePath.replace(`${root}/`, '')}:${line}: ${message} (${ruleId})`,
		),
	);
	return { errors: sum('errorCount'), warnings: sum('warningCount'), details };
}
