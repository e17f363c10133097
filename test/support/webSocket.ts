import { WebSocket as Undici } from 'undici';

// Node 20 runs these tests too; from Node 22 on the same implementation is a global.
if (typeof WebSocket === 'undefined') Object.assign(globalThis, { WebSocket: Undici });
