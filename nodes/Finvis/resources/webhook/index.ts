export { create } from './create';
export { remove as delete } from './delete';
export { get } from './get';
export { getMany } from './getMany';
