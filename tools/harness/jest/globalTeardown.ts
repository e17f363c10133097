import { globalTeardown } from './globalStack';

export default globalTeardown;
