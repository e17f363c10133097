export { getCashFlow } from './getCashFlow';
export { getPositions } from './getPositions';
