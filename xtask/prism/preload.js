// Loaded before Prism.
'use strict';

// Whoever started it holds the other end of its input: when they are gone, however they ended, so is it.
process.stdin.resume();
process.stdin.on('end', () => process.exit());

// Prism takes a schema that its validator cannot compile for one that any value satisfies, without a
// word: this writes one line about it to the log.
for (const module of ['ajv', 'ajv/dist/2019', 'ajv/dist/2020']) {
  const { prototype } = require(module).default;
  const compile = prototype.compile;
  if (compile.reports) continue;
  prototype.compile = function (...args) {
    try {
      return compile.apply(this, args);
    } catch (error) {
      console.error(`not checked: ${String(error.message).split('\n')[0]}`);
      throw error;
    }
  };
  prototype.compile.reports = true;
}
