// @ts-check
/**
 * Checks a built package with n8n's own tools, and what those cannot see with checks of ours.
 *
 * node main.mjs TOOLS PACKAGE WORK SCHEMA
 *   TOOLS    a folder whose node_modules has n8n's tools
 *   PACKAGE  the package's folder, with dist and with node_modules linked to those of TOOLS
 *   WORK     a folder that may be emptied
 *   SCHEMA   the JSON Schema of descriptors
 *
 * Prints a line for each check, `lint: 0 errors, 0 warnings`, after what it found; ends with 1 when it found
 * anything.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe } from './describe.mjs';
import { lint } from './lint.mjs';
import { own } from './own.mjs';
import { pack } from './pack.mjs';
import { scan } from './scan.mjs';
import { style } from './style.mjs';

/**
 * @typedef {object} Subject
 * @property {string} tools the folder of n8n's tools
 * @property {string} folder the package's
 * @property {string} work a folder of this run
 * @property {string} schema the JSON Schema of descriptors
 * @property {string} [unpacked] what users get, after `pack`
 */

/**
 * @typedef {object} Found
 * @property {number} errors
 * @property {number} warnings
 * @property {string} [says] what was done, for the summary
 * @property {string[]} details a line for each finding
 */

const [tools, folder, work, schema] = process.argv.slice(2).map((path) => resolve(path));
if (schema === undefined) {
	console.error('usage: node main.mjs TOOLS PACKAGE WORK SCHEMA');
	process.exit(2);
}
rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });

/** @type {Subject} */
const subject = { tools, folder, work, schema };
/** @type {[string, (subject: Subject) => Promise<Found>][]} */
const checks = [
	['n8n-node lint', lint],
	['npm pack, installed and loaded by n8n', pack],
	['scanner, on source and dist', scan],
	['lint of the description written out', describe],
	['prettier', style],
	['own checks', own],
];
let failed = false;
for (const [name, check] of checks) {
	const { errors, warnings, says, details } = await check(subject);
	for (const line of details) console.log(line);
	console.log(`${name}: ${errors} errors, ${warnings} warnings${says ? `, ${says}` : ''}`);
	failed ||= errors + warnings > 0;
}
process.exit(failed ? 1 : 0);
