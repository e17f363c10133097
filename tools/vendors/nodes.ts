/** The nodes in n8n's engine. tools/vendors/nodeProcess.ts compiles this file, and loads it again for each process of n8n. */
import '../../test/support/webSocket';
import 'reflect-metadata';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

export { resources as finvis } from '../../nodes/Finvis/resources';
export { resources as fondo } from '../../nodes/Fondo/resources';
export { clock } from '../../nodes/shared/core/clock';
export { isRecorded, isWrite } from '../../nodes/shared/resource';
export { Engine, memoryRows } from '../../test/support/n8n';

/** n8n's log, one for all processes that are loaded here. */
export const logger = () => Container.get(Logger);
