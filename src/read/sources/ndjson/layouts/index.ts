/** The ways in which Windows events are written as JSON, in the order in which they are tried. */
import { ecs, winlogbeat6 } from './ecs.ts';
import { flat } from './flat.ts';
import type { Layout } from './layout.ts';
import { nested } from './nested.ts';
import { splunk } from './splunk.ts';

export type { Layout } from './layout.ts';

export const layouts: readonly Layout[] = [nested, ecs, winlogbeat6, splunk, flat];
