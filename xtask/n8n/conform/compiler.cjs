// @ts-check
'use strict';
/**
 * A package's `dist`, without what takes n8n's own tools seconds: the types are not checked. Packages share
 * most of their files, and each is compiled once.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

class Compiler {
	/** What was compiled, by its source. @type {Map<string, string>} */
	#known = new Map();

	/** @param {string} modules the folder whose node_modules has TypeScript */
	constructor(modules) {
		this.modules = path.join(modules, 'node_modules');
		this.typescript = Module.createRequire(path.join(this.modules, 'x.js'))('typescript');
	}

	/** Writes `dist`, and gives the package's folder. @param {string} folder */
	compile(folder) {
		const { config } = this.typescript.readConfigFile(path.join(folder, 'tsconfig.json'), this.typescript.sys.readFile);
		const compilerOptions = { ...config.compilerOptions, sourceMap: false, declaration: false };
		for (const part of config.include.map((/** @type {string} */ it) => it.split('/')[0])) {
			const source = path.join(folder, part);
			if (fs.existsSync(source) && fs.statSync(source).isDirectory()) this.#tree(source, path.join(folder, 'dist', part), compilerOptions);
		}
		const link = path.join(folder, 'node_modules');
		if (!fs.existsSync(link)) fs.symlinkSync(this.modules, link, 'junction');
		return folder;
	}

	/** @param {string} from @param {string} to @param {any} compilerOptions */
	#tree(from, to, compilerOptions) {
		fs.mkdirSync(to, { recursive: true });
		for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
			const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
			if (entry.isDirectory()) this.#tree(source, target, compilerOptions);
			else if (entry.name.endsWith('.ts')) fs.writeFileSync(target.replace(/\.ts$/, '.js'), this.#compiled(source, compilerOptions));
			else fs.copyFileSync(source, target);
		}
	}

	/** @param {string} file @param {any} compilerOptions @returns {string} */
	#compiled(file, compilerOptions) {
		const source = fs.readFileSync(file, 'utf8');
		const known = this.#known.get(source) ?? this.typescript.transpileModule(source, { compilerOptions }).outputText;
		this.#known.set(source, known);
		return known;
	}
}

module.exports = { Compiler };
