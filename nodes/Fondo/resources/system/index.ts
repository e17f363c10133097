export { checkSetup } from './checkSetup';
export { ping } from './ping';
