/** A server on loopback that remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, beforeEach } from 'node:test';

/** A request as it arrived. */
export interface Received {
	method: string;
	/** Path and query as they were on the wire. */
	target: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	body: Buffer;
	at: number;
}

/** What the server says: status, body, headers; `undefined` breaks the connection. */
export type Reply = [number, unknown?, Record<string, string>?] | undefined;

/** A server for the tests of a file. */
export class Stage {
	/** Since the test began. */
	readonly received: Received[] = [];

	/** What it says, by the number of the request from 0. */
	reply: (request: Received, number: number) => Reply = () => [200, {}];

	private readonly server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const target = request.url ?? '';
			const received: Received = {
				method: request.method ?? '',
				target,
				query: new URL(target, 'http://host').searchParams,
				headers: request.headers,
				body: Buffer.concat(chunks),
				at: Date.now(),
			};
			this.received.push(received);
			const reply = this.reply(received, this.received.length - 1);
			if (reply === undefined) {
				request.socket.destroy();
				return;
			}
			const [status, body, headers] = reply;
			const isRaw = Buffer.isBuffer(body) || typeof body === 'string';
			response.writeHead(status, { 'content-type': 'application/json', ...headers });
			response.end(body === undefined ? undefined : isRaw ? body : JSON.stringify(body));
		});
	});

	/** Starts it, for as long as the file's tests run. */
	static async open(): Promise<Stage> {
		const stage = new Stage();
		await new Promise<void>((ready) => stage.server.listen(0, '127.0.0.1', ready));
		beforeEach(() => {
			stage.received.length = 0;
			stage.reply = () => [200, {}];
		});
		after(() => {
			stage.server.closeAllConnections();
			stage.server.close();
		});
		return stage;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** The only request. */
	get only(): Received {
		if (this.received.length !== 1) throw new Error(`${this.received.length} requests arrived`);
		return this.received[0];
	}
}
