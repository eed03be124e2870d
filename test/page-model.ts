/** Data of a page in few words, for tests of the script's pure parts. */
import type { PageData, PageEvidence } from '../src/tell/page/index.ts';
import { createModel, type Model } from '../src/tell/page/live/model.ts';

export function piece(over: Partial<PageEvidence> = {}): PageEvidence {
  return {
    id: 'e1',
    of: 0,
    at: 0,
    host: 0,
    account: -1,
    source: -1,
    stage: 0,
    behaviour: null,
    said: '',
    weight: 1,
    channel: 'Security',
    record: null,
    file: '',
    reasons: [],
    parent: -1,
    raw: null,
    ...over,
  };
}

export function pageOf(evidence: readonly PageEvidence[], over: Partial<PageData> = {}): Model {
  return createModel({
    version: 1,
    siteTimeZone: null,
    hosts: ['dc1', 'fs1', 'vpn1'].map(name => ({ name, zone: null, isPlant: false })),
    accounts: ['hollis', 'svc'],
    sources: ['192.0.2.7'],
    stages: [
      { id: 'execution', title: 'Execution' },
      { id: 'staging', title: 'Staging' },
    ],
    behaviours: { 'VT-1': 'Archive made' },
    intrusions: [
      { id: 'i-1', verdict: 'intrusion', title: '', state: 'open' },
      { id: 'i-2', verdict: 'lead', title: '', state: 'open' },
    ],
    evidence,
    links: [],
    rest: [],
    left: { evidence: 0, raw: 0, rest: 0 },
    ...over,
  });
}
