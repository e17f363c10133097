export { download } from './download';
export { getManyTypes } from './getManyTypes';
