export { approve } from './approve';
export { getManyPending } from './getManyPending';
