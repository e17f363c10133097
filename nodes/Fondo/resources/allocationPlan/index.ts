export { get } from './get';
export { getMany } from './getMany';
export { getOfAccount } from './getOfAccount';
export { update } from './update';
