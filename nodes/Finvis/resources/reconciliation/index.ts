export { confirm } from './confirm';
export { getMany } from './getMany';
