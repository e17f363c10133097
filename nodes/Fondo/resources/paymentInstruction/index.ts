export { create } from './create';
export { get } from './get';
export { getPayments } from './getPayments';
