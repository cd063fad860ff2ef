// @ts-check
/**
 * The two lint legs of n8n's scanner, which it runs on every package that is submitted: the sources, and
 * what was published. It downloads both; here they are at hand.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';


/** @param {import('./main.mjs').Subject} subject */
export async function scan({ tools, folder, unpacked }) {
	const own = join(tools, 'node_modules', '@n8n', 'scan-community-package');
	const scanner = await import(pathToFileURL(join(own, 'scanner', 'scanner.mjs')).href);
	const source = await scanner.analyzePackage(folder, scanner.SOURCE_FILE_PATTERNS);
	const dist = await scanner.analyzePackage(unpacked, ['**/*.js', 'package.json']);
	const failed = [source, dist].filter((leg) => !leg.passed);
	return {
		errors: failed.length,
		warnings: 0,
		details: failed.map((leg) => `${leg.message}\n${leg.details ?? ''}`),
	};
}

