// The process in which the nodes run, so that it can be killed as n8n can.
import { load } from './typescript.mjs';

load('./n8n.ts');
