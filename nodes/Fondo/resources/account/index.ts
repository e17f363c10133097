export { close } from './close';
export { get } from './get';
export { getCashTransactions } from './getCashTransactions';
export { getFundTransactions } from './getFundTransactions';
export { getKycStatus } from './getKycStatus';
export { getMany } from './getMany';
export { payOut } from './payOut';
