import type { Finding } from './finding';
import { notOk, ok } from './finding';

const CHECK = 'Event stream';

/** Whether this n8n can keep an event stream: Node.js brings a WebSocket since version 22. */
export const streamFinding = (trigger: string, instead: string): Finding =>
	typeof WebSocket === 'undefined'
		? notOk(
				CHECK,
				'warning',
				'This n8n runs on a Node.js without WebSocket, one before version 22',
				`Update Node.js, or use the ${instead} instead of the ${trigger}.`,
			)
		: ok(CHECK, `This n8n runs on a Node.js with WebSocket (version 22 or newer), so the ${trigger} can listen`);
