export { create } from './create';
export { getMany } from './getMany';
export { submit } from './submit';
