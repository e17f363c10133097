import '../../support/webSocket';
import { EventStream } from '../../../nodes/Fondo/events/eventStream';
import { Patience } from '../../../nodes/Fondo/events/socket';
import { giveTimeBack, speedUp } from '../../shared/transport/time';

afterEach(giveTimeBack);

test.each([
	['a token that no header can hold', 'ws://127.0.0.1:9/subscribe', 'to\nken'],
	['an address that is none', 'ws://127.0.0.1:9/#here', 'token'],
])('%s is trouble like any other, and is tried again', async (_, url, token) => {
	speedUp(200);
	const errors: unknown[] = [];
	const stream = new EventStream({
		url,
		patience: new Patience(120_000),
		checkEveryMs: 0,
		authorise: async () => token,
		readLists: async () => ({ changes: [], readAt: undefined }),
		deliver: () => undefined,
		puzzled: () => undefined,
		trouble: (error) => errors.push(error),
		checkFailed: () => undefined,
		recovered: () => undefined,
	});
	stream.begin();
	while (errors.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
	stream.stop();
	expect(errors.length).toBeGreaterThanOrEqual(3);
});
