import type { ITriggerFunctions } from 'n8n-workflow';
import { clock } from '../../../shared/core/clock';
import { SeenKeys } from '../../../shared/core/seenKeys';
import { parseLossless } from '../../../shared/http/losslessJson';
import type { Change } from '../changes/change';
import { OBJECTS } from '../changes/change';
import type { EventFilter } from '../changes/eventFilter';
import { matchesObject } from '../changes/eventFilter';
import { frameOf, framesIn } from '../changes/frame';

/** Far more than an event needs. A frame that unpacks to more counts as empty. */
const MOST_BYTES = 16 * 1024 * 1024;
/** The first byte of what a server compresses by itself. Compression of the connection is the business of the WebSocket. */
const FORMATS: Readonly<Record<number, 'gzip' | 'deflate'>> = { 0x1f: 'gzip', 0x78: 'deflate' };

async function unpacked(bytes: Buffer, format: 'gzip' | 'deflate'): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)) as AsyncIterable<Uint8Array>) {
		length += chunk.length;
		if (length > MOST_BYTES) return Buffer.alloc(0);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** The text of a frame, which a server may send as bytes, compressed or with a byte order mark. */
async function textOf(data: string | Buffer): Promise<string> {
	const format = typeof data === 'string' ? undefined : FORMATS[data[0]];
	const text = format === undefined ? data : await unpacked(Buffer.from(data), format);
	return text.toString().replace(/^\uFEFF/, '');
}

/** Reads the frames of a stream, and writes to the log what it does not understand: each kind once. */
export function frameReader(context: ITriggerFunctions, filter: EventFilter) {
	const reported = new SeenKeys(100);
	const report = (name: string | undefined) => {
		const what =
			name === undefined ? 'something that is not an event' : `the event '${name.slice(0, 100)}', which this version does not know`;
		if (reported.isNew(what))
			context.logger.warn(`Fondo sent ${what} to '${context.getNode().name}'. It starts no execution. This is logged once.`);
	};
	return async (data: string | Buffer): Promise<Change[]> => {
		try {
			return framesIn(parseLossless(await textOf(data))).flatMap((one) => {
				const frame = frameOf(one, clock.now());
				if (frame.type === 'unknown') report(frame.name);
				if (frame.type !== 'change') return [];
				const { change } = frame;
				if (!OBJECTS.some((object) => object === change.object) && !matchesObject(filter.objects, change)) report(change.eventType);
				return [change];
			});
		} catch {
			// Bytes that look compressed and are not.
			report(undefined);
			return [];
		}
	};
}
