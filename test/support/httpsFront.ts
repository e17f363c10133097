/** One port that speaks http and https, as some servers do. Its certificate is made at the start, and only this process trusts it. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import tls from 'node:tls';
import type { TinyServer } from './server';

/** ASN.1: a tag, the length of the content, the content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const size = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const time = (text: string) => der(0x17, Buffer.from(text));

const ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
const SUBJECT_ALT_NAME = oid(0x55, 0x1d, 0x11);

/** A key and a certificate for 127.0.0.1 that it signs itself. */
function selfSigned(): { key: string; cert: string } {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('localhost')))));
	const address = der(0x87, Buffer.from([127, 0, 0, 1]));
	const content = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		ECDSA_WITH_SHA256,
		name,
		sequence(time('200101000000Z'), time('491231235959Z')),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(sequence(SUBJECT_ALT_NAME, der(0x04, sequence(address))))),
	);
	const signature = der(0x03, Buffer.from([0]), sign('sha256', content, privateKey));
	const body = sequence(content, ECDSA_WITH_SHA256, signature).toString('base64');
	return {
		key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
		cert: `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
	};
}

/** The first byte of a connection that begins with TLS. */
const HANDSHAKE = 22;

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listen = async (server: Server) => await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

/** Passes http to `plain` and https to `secure`, for the tests of a file. Gives host and port. */
export function useHttpsFront(plain: TinyServer, secure: TinyServer): { readonly host: string } {
	const { key, cert } = selfSigned();
	const { createSecureContext } = tls;
	const open = new Set<NodeJS.WritableStream & { destroy(): void }>();
	const join = (socket: import('node:stream').Duplex, port: number) => {
		const other = connect(port, '127.0.0.1');
		for (const one of [socket, other]) {
			open.add(one);
			one.on('error', () => undefined);
			one.on('close', () => open.delete(one));
		}
		socket.pipe(other).pipe(socket);
	};
	const https = tls.createServer({ key, cert }, (socket) => join(socket, Number(new URL(secure.url).port)));
	const front = createServer((socket) =>
		socket.once('data', (first) => {
			socket.pause();
			socket.unshift(first);
			join(socket, first[0] === HANDSHAKE ? portOf(https) : Number(new URL(plain.url).port));
		}),
	);
	beforeAll(async () => {
		await listen(https);
		await listen(front);
		// Node.js asks for the context of each connection here. n8n makes its own agents, so no option reaches them.
		tls.createSecureContext = (options) => {
			const made = createSecureContext(options);
			(made.context as { addCACert(pem: string): void }).addCACert(cert);
			return made;
		};
	});
	afterAll(async () => {
		tls.createSecureContext = createSecureContext;
		for (const one of open) one.destroy();
		for (const server of [front, https]) await new Promise((resolve) => server.close(resolve));
	});
	return {
		get host() {
			return `127.0.0.1:${portOf(front)}`;
		},
	};
}
