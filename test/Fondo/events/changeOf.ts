import type { Change } from '../../../nodes/Fondo/events/changes/change';
import { frameOf } from '../../../nodes/Fondo/events/changes/frame';

/** The change in a frame; undefined in a heartbeat, and in a frame that this node does not understand. */
export function changeOf(frame: unknown, receivedAt: number): Change | undefined {
	const read = frameOf(frame, receivedAt);
	return read.type === 'change' ? read.change : undefined;
}
