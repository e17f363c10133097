export { create } from './create';
export { get } from './get';
export { getInstruments } from './getInstruments';
export { getMany } from './getMany';
export { update } from './update';
