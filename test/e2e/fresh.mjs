// Each file of tests begins with a fresh sandbox, whichever ran before it.
import { beforeAll } from '@jest/globals';
import { sandbox } from './stack.mjs';

beforeAll(async () => await sandbox.call('POST', '/reset'));
