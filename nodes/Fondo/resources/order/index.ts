export { cancel } from './cancel';
export { create } from './create';
export { get } from './get';
export { getMany } from './getMany';
export { redeemAndPayOut } from './redeemAndPayOut';
