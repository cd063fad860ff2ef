// @ts-check
/**
 * What users do: the package is packed, its tarball installed into an empty folder, and node and
 * credentials are loaded from there by n8n's own loader.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** @param {import('./main.mjs').Subject} subject */
export async function pack(subject) {
	const { tools, folder, work } = subject;
	const home = join(work, 'installed');
	mkdirSync(home);
	const details = [];
	const npm = (/** @type {string} */ cwd, /** @type {string[]} */ ...words) => {
		const run = spawnSync(NPM, [...words, '--silent'], { cwd, encoding: 'utf8' });
		if (run.status !== 0) details.push(`npm ${words[0]}: ${run.stdout}${run.stderr}`);
	};
	npm(folder, 'pack', '--ignore-scripts', '--pack-destination', work);
	const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) return { errors: 1, warnings: 0, details };
	writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
	// What it needs at run time is n8n's own.
	npm(home, 'install', join(work, tarball), '--offline', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund');
	const modules = join(home, 'node_modules');
	const name = tarball.replace(/-\d+\.\d+\.\d+.*$/, '');
	if (!existsSync(join(modules, name, 'package.json'))) return { errors: 1, warnings: 0, details };
	subject.unpacked = join(modules, name);
	const loaded = await load(tools, subject.unpacked, details);
	const size = Math.round(statSync(join(work, tarball)).size / 1024);
	return { errors: details.length, warnings: 0, says: `${loaded}, ${size} KiB packed`, details };
}

/**
 * @param {string} tools
 * @param {string} folder
 * @param {string[]} details
 */
async function load(tools, folder, details) {
	// n8n starts with this, so that packages find n8n-workflow and luxon in n8n's own modules.
	process.env.NODE_PATH = join(tools, 'node_modules');
	/** @type {any} */ (Module)._initPaths();
	const require = createRequire(join(tools, 'package.json'));
	const core = createRequire(require.resolve('n8n-core'));
	core('reflect-metadata');
	const { PackageDirectoryLoader } = core('n8n-core');
	const loader = new PackageDirectoryLoader(folder);
	try {
		await loader.loadAll();
	} catch (error) {
		details.push(`n8n cannot load the package: ${error}`);
		return 'not loaded';
	}
	const { nodes, credentials } = loader.types;
	const { n8n } = require(join(folder, 'package.json'));
	if (nodes.length !== n8n.nodes.length) details.push(`n8n loaded ${nodes.length} nodes`);
	if (credentials.length !== n8n.credentials.length) details.push(`n8n loaded ${credentials.length} credentials`);
	for (const type of [...nodes, ...credentials]) {
		if (type.iconUrl === undefined) details.push(`${type.name}: n8n found no icon`);
	}
	return `${nodes.length} nodes, ${credentials.length} credentials`;
}
