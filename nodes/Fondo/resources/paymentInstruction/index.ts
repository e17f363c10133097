export { get } from './get';
export { getPayments } from './getPayments';
