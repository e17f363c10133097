export { create } from './create';
export { get } from './get';
export { waitForOutcome } from './waitForOutcome';
