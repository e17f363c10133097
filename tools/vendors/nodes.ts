/** The nodes in n8n's engine. tools/vendors/nodeProcess.ts compiles this file, and loads it again for each process of n8n. */
export { resources as finvis } from '../../nodes/Finvis/resources';
export { resources as fondo } from '../../nodes/Fondo/resources';
export { clock } from '../../nodes/shared/core/clock';
export { isRecorded, isWrite } from '../../nodes/shared/resource';
export { Engine, memoryRows } from '../../test/support/n8n';
