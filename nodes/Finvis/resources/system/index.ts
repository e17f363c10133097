export { checkSetup } from './checkSetup';
