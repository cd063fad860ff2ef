// @ts-check
'use strict';
/** A server of its own, so that what it needs is not counted. It answers with what it was last told. */
const { Recorder } = require('../prove/record.cjs');

async function main() {
	const server = await Recorder.start();
	process.on('message', (answer) => {
		server.begin(() => /** @type {any} */ (answer));
		process.send?.('ready');
	});
	process.on('disconnect', () => process.exit(0));
	process.send?.(server.baseUrl);
}

main();
