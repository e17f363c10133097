import { DAY, MINUTE, SECOND } from '../durations';
import type { Behaviour, Position } from '../position';

const key = (axis: string, name: string, sentence: string, hooks: Partial<Behaviour>): Position => ({
	name,
	api: 'finvis',
	axis,
	sentence,
	node: 'works',
	hooks,
});

const OTHER_BODY = 'a key with another body';
const LIFETIME = 'how long a key is remembered';

export const keys: readonly Position[] = [
	key(OTHER_BODY, 'cached-answers', 'A key that is used again gets the first answer, whatever the body says.', {
		keyWithOtherBody: 'first answer',
	}),
	key(OTHER_BODY, 'other-body-409', 'A key that is used again with another body is refused with 409.', { keyWithOtherBody: 409 }),
	key(OTHER_BODY, 'other-body-422', 'A key that is used again with another body is refused with 422.', { keyWithOtherBody: 422 }),
	key(OTHER_BODY, 'other-body-400', 'A key that is used again with another body is refused with 400.', { keyWithOtherBody: 400 }),
	key(LIFETIME, 'keys-forgotten-after-30-seconds', 'Finvis forgets a key after 30 seconds.', { keyLifetime: 30 * SECOND }),
	key(LIFETIME, 'keys-forgotten-after-30-minutes', 'Finvis forgets a key after 30 minutes.', { keyLifetime: 30 * MINUTE }),
	key(LIFETIME, 'keys-forgotten-after-a-day', 'Finvis forgets a key after one day.', { keyLifetime: DAY }),
	key(LIFETIME, 'keys-ignored', 'Finvis ignores keys.', { keyLifetime: 0 }),
	key('what a key keeps', 'keys-keep-refusals', 'Finvis also repeats refusals to a key that is used again.', { keysKeepRefusals: true }),
	key('form of a key', 'keys-want-uuid-v4', 'Finvis refuses a key that is not a UUID of version 4.', {
		keyForm: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
	}),
	key('a key under way', 'keys-conflict-under-way', 'For five seconds after a first call Finvis answers its repeat with 409.', {
		keyUnderWay: 5 * SECOND,
	}),
];
