export { getPositions } from './getPositions';
