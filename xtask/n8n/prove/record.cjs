// @ts-check
'use strict';
/** A loopback server that keeps what it is sent. */
const http = require('node:http');

/**
 * @typedef {{ method: string, target: string, headers: Record<string, string>, body: Buffer }} Recorded
 * @typedef {{ status: number, headers?: Record<string, string>, body?: unknown }} Answer
 */

class Recorder {
	/** @type {Recorded[]} */
	requests = [];
	/** @type {(request: Recorded, index: number) => Answer | Promise<Answer>} */
	answer = () => ({ status: 500, body: 'no answer was set' });
	baseUrl = '';
	#server = http.createServer((request, response) => this.#serve(request, response));

	static async start() {
		const recorder = new Recorder();
		await new Promise((resolve) => recorder.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
		const address = recorder.#server.address();
		if (address === null || typeof address === 'string') throw new Error('no port');
		recorder.baseUrl = `http://127.0.0.1:${address.port}`;
		return recorder;
	}

	/** Forgets what was sent, and answers from now on in another way. @param {Recorder['answer']} answer */
	begin(answer) {
		this.requests = [];
		this.answer = answer;
	}

	/** What cannot be answered is answered with why. @param {Recorded} recorded @returns {Promise<Answer>} */
	async #answered(recorded) {
		try {
			return await this.answer(recorded, this.requests.length - 1);
		} catch (error) {
			return { status: 502, headers: { 'content-type': 'text/plain' }, body: String(error) };
		}
	}

	stop() {
		this.#server.close();
		this.#server.closeAllConnections();
	}

	/** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
	async #serve(request, response) {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
		const recorded = { method: request.method ?? '', target: request.url ?? '', headers, body: Buffer.concat(chunks) };
		this.requests.push(recorded);
		const answer = await this.#answered(recorded);
		const isJson = Object.entries(answer.headers ?? {}).some(([name, value]) => name === 'content-type' && /[/+]json\s*(;|$)/.test(value));
		response.writeHead(answer.status, answer.headers);
		if (answer.body === undefined) response.end();
		else if (Buffer.isBuffer(answer.body)) response.end(answer.body);
		else response.end(isJson || typeof answer.body !== 'string' ? JSON.stringify(answer.body) : answer.body);
	}
}

/**
 * Sends a request on to another server and gives its answer.
 *
 * @param {string} baseUrl
 * @param {Recorded} recorded
 * @returns {Promise<Answer & { body: Buffer }>}
 */
function forward(baseUrl, recorded) {
	const { hostname, port, host } = new URL(baseUrl);
	const { method, target: path } = recorded;
	return new Promise((resolve, reject) => {
		const request = http.request({ hostname, port, method, path, headers: { ...recorded.headers, host } }, async (response) => {
			const chunks = [];
			for await (const chunk of response) chunks.push(chunk);
			const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
			// The body is written anew.
			delete headers['transfer-encoding'];
			resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) });
		});
		request.on('error', reject);
		request.end(recorded.body);
	});
}

module.exports = { Recorder, forward };
