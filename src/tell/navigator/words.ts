/** What sights and reasons are called in a layer: short, for a tooltip. */
import type { Blind, Sight } from '../../judge/index.ts';

export const sightWords: Readonly<Record<Sight, string>> = {
  found: 'found',
  'would-have-shown': 'would have shown, nothing found',
  'could-not-see': 'could not see',
};

export const blindWords: Readonly<Record<Blind['kind'], string>> = {
  'no-logs': 'the host has no logs of its own here',
  'no-source': 'no log of that kind is here at all',
  'channel-absent': 'the log is not here',
  'event-absent': 'the event is not switched on',
  'field-absent': 'the event lacks what would show it',
  'log-cleared': 'the log was cleared',
  'record-gap': 'records are missing',
  silent: 'the host wrote nothing',
  'before-first': 'the logs begin later',
  'after-last': 'the logs end earlier',
  'not-observable': 'no log at hand shows it',
};
