// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every file below a folder.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesBelow(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(path) : [path];
	});
}
