// @ts-check
/** The classes of a built package. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

/**
 * @param {string} folder a package with dist
 * @returns {{ manifest: any, nodes: any[], credentials: any[] }}
 */
export function classes(folder) {
	const require = createRequire(join(folder, 'package.json'));
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const make = (/** @type {string} */ path) =>
		new (require(join(folder, path))[basename(path).split('.')[0]])();
	const { nodes, credentials } = manifest.n8n;
	return { manifest, nodes: nodes.map(make), credentials: credentials.map(make) };
}
