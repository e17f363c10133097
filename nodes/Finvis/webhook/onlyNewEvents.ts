import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isObject } from '../../shared/core/isObject';
import { onlyNewItems } from '../../shared/triggers/earlierExecutions';
import { eventKey } from './event';

/** The key of the event in an item that `receiveEvent` has made. */
const keyOf = ({ json: { delivery } }: INodeExecutionData) =>
	isObject(delivery) ? eventKey({ name: String(delivery.event), id: String(delivery.id) }) : undefined;

/** The first step of an execution of the Finvis Trigger. */
export const onlyNewEvents = async (context: IExecuteFunctions) => await onlyNewItems(context, keyOf);
