/**
 * `value_count`: how many different values a window holds. A hit without a value is in the window and counts nothing.
 */
import { Distinct } from './distinct.ts';
import type { Family } from './window.ts';

export const valueCount: Family =
  ({ condition }, { value, texts }) =>
  () =>
    new Distinct(value, texts.length, condition.bounds);
