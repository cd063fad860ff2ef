// @ts-check
/** What `npm run lint` does: the command itself, and the same rules again for their number. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { found, load } from './eslint.mjs';

/** @param {import('./main.mjs').Subject} subject */
export async function lint({ tools, folder }) {
	const bin = join(tools, 'node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs');
	const run = spawnSync(process.execPath, [bin, 'lint'], { cwd: folder, encoding: 'utf8' });
	const { ESLint } = await load(tools, 'eslint');
	const counted = found(await new ESLint({ cwd: folder }).lintFiles(['.']), folder);
	if (run.status === 0 || counted.errors > 0) return counted;
	return { errors: 1, warnings: counted.warnings, details: [run.stdout, run.stderr] };
}
