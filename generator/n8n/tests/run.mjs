/**
 * Compiles the runtime and its tests, and runs the tests.
 *
 * node run.mjs TOOLS OUT
 *   TOOLS  a folder with node_modules that hold n8n-core, n8n-workflow, typescript and their types
 *   OUT    where the compiled files go; a folder that may be emptied
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [tools, out] = process.argv.slice(2).map((path) => resolve(path));
if (out === undefined) {
	console.error('usage: node run.mjs TOOLS OUT');
	process.exit(2);
}
const sources = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(tools, 'node_modules');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
symlinkSync(modules, join(out, 'node_modules'), 'dir');
writeFileSync(
	join(out, 'tsconfig.json'),
	JSON.stringify({
		compilerOptions: {
			// As the packages are compiled, and stricter.
			strict: true,
			target: 'es2019',
			lib: ['es2019', 'es2020', 'es2022.error'],
			module: 'commonjs',
			moduleResolution: 'node',
			esModuleInterop: true,
			skipLibCheck: true,
			noImplicitReturns: true,
			noFallthroughCasesInSwitch: true,
			noUnusedLocals: true,
			noUnusedParameters: true,
			rootDir: sources,
			outDir: join(out, 'js'),
			baseUrl: modules,
			paths: { '*': ['*', '@types/*'] },
			typeRoots: [join(modules, '@types')],
			types: ['node'],
		},
		include: [join(sources, 'runtime'), join(sources, 'tests')],
	}),
);

function run(...command) {
	const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', cwd: out });
	if (status !== 0) process.exit(status ?? 1);
}

run(join(modules, 'typescript', 'bin', 'tsc'), '-p', join(out, 'tsconfig.json'));
const tests = join(out, 'js', 'tests');
const files = readdirSync(tests).filter((name) => name.endsWith('.test.js'));
run('--test', ...files.map((name) => join(tests, name)));
