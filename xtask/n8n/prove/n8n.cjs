// @ts-check
'use strict';
/** n8n's own code: n8n-core and the n8n-workflow that it uses. */
const Module = require('node:module');
const os = require('node:os');
const path = require('node:path');

/**
 * Loads it from a folder with `node_modules`. The package under test gets the same n8n-workflow, as it
 * does inside n8n: otherwise its errors would be of other classes.
 *
 * @param {string} folder
 */
function load(folder) {
	process.env.N8N_USER_FOLDER ||= path.join(os.tmpdir(), 'specwright-n8n');
	const from = Module.createRequire(path.join(folder, 'node_modules', 'n8n-core', 'package.json'));
	from('reflect-metadata');
	const workflow = from('n8n-workflow');
	const core = from('./dist/index.js');
	const entry = from.resolve('n8n-workflow');
	// @ts-ignore: not public, and the only way.
	const resolve = Module._resolveFilename;
	// @ts-ignore
	Module._resolveFilename = function (request, ...rest) {
		return request === 'n8n-workflow' ? entry : resolve.call(this, request, ...rest);
	};
	return { core, workflow };
}

module.exports = { load };
