// @ts-check
/** Prettier with the package's settings, as n8n's starter asks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { load } from './eslint.mjs';
import { filesBelow } from './files.mjs';

/** @param {import('./main.mjs').Subject} subject */
export async function style({ tools, folder }) {
	const prettier = await load(tools, 'prettier');
	const files = ['credentials', 'nodes', 'runtime'].flatMap((name) => filesBelow(join(folder, name)));
	const sources = [...files, join(folder, 'package.json'), join(folder, 'tsconfig.json')].filter(
		(path) => /\.(ts|json)$/.test(path),
	);
	const details = [];
	for (const path of sources) {
		const options = { ...(await prettier.resolveConfig(path)), filepath: path };
		const formatted = await prettier.check(readFileSync(path, 'utf8'), options);
		if (!formatted) details.push(`${path.replace(`${folder}/`, '')}: is not formatted`);
	}
	return { errors: details.length, warnings: 0, details };
}
