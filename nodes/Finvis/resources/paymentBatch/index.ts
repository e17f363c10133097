export { create } from './create';
export { createFromItems } from './createFromItems';
export { getMany } from './getMany';
export { submit } from './submit';
