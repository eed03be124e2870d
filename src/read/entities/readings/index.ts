/** Readings: how a value of a fact is read of an event, whatever the source called it. */
export { parseId, plainGuid } from './ids.ts';
export { factField, readPlainly } from './plain.ts';
export {
  type AccountFields,
  account,
  accounts,
  address,
  code,
  constant,
  derived,
  derivedPid,
  type EffectiveReading,
  effective,
  type FieldTexts,
  guid,
  logonId,
  MOST_TEXT,
  message,
  type NumberReading,
  type PlainReading,
  pid,
  type Reading,
  sid,
  type TextReading,
  text,
} from './reading.ts';
export { serviceLogons } from './services.ts';
