/**
 * The pack that `advisory new` begins: small, whole and commented, so that an agency sees by example what goes where. It is
 * valid as it stands and finds something harmless, so that the first check succeeds and each change shows.
 */

export type Starter = {
  readonly id: string;
  /** `2026-11-24`. */
  readonly day: string;
  /** A fresh UUID for the rule. */
  readonly ruleId: string;
  readonly bundleId: string;
  readonly indicatorId: string;
};

/** Path below the pack → content. */
export function starterFiles(starter: Starter): ReadonlyMap<string, string> {
  return new Map([
    ['advisory.yml', advisory(starter)],
    ['behaviours/discovery.yml', behaviours(starter)],
    ['chain.yml', chain],
    ['rules/discovery/account_names_itself.yml', rule(starter)],
    ['tests/discovery/account_names_itself.yml', tests],
    ['indicators.json', indicators(starter)],
  ]);
}

const advisory = ({
  id,
  day,
}: Starter): string => `# What this pack is about. Check it with: huntaway advisory check .
id: ${id} # as the folder is called
title: What the actor does, in one line
version: 0.1.0
published: ${day}
modified: ${day}
actor:
  name: The actor
  aliases: []
author: Your agency
issuers: [] # agencies that stand behind it; empty while nobody does
summary: >-
  Two or three sentences: who is after what, how they go about it, and who should hunt for it.
references:
  - title: The advisory
    url: https://www.example.org/advisory
    date: ${day}
mitigations:
  - title: What helps against it
    text: How to do it.
first-steps: # once something was found, in order
  - title: Preserve
    text: Copy the logs before they are overwritten, then touch nothing on the host.
  - title: Report
    text: Whom to call, and from which telephone.
`;

const behaviours = ({
  ruleId,
}: Starter): string => `# What the actor does: one file for each stage is easiest to read.
behaviours:
  - id: EX-DI-01 # the pack, the stage, a number
    title: An account asks who it is
    stage: discovery
    step: look # a step of chain.yml; without one it stands beside the chain
    gravity: weak # grave (never absolved), strong (carries a story when linked), weak (only supports)
    # exposes: domain # whose credentials it gives away: domain, host, local or profile
    attack: [T1033]
    sources: # where it shows, and what must be switched on
      - channel: Security
        event-ids: [4688]
        fields: [CommandLine]
        enable: audit process creation, with the command line
      - channel: Microsoft-Windows-Sysmon/Operational
        event-ids: [1]
        fields: [CommandLine]
    rules: [${ruleId}]
    lookalikes:
      - what: a logon script
        apart: it runs at each logon, from the same parent
    ask:
      whom: the administrators of the host
      question: Did {account} look round on {host} at {time}?
    fetch: the Security log of the host
  - id: EX-EX-01
    title: Data leaves over a home router
    stage: exfiltration
    gravity: weak
    attack: [T1041]
    not-observable: only the router sees it; ask the network for its flow records
`;

const chain = `# How one behaviour leads to another. A link names steps or behaviours, what joins them, and how far apart they may lie.
steps:
  - id: look
    title: the actor looks round
  - id: take
    title: credentials and data are taken
links:
  - id: look-take
    from: [look]
    to: [take]
    on: [logon, account-host] # huntaway advisory check names all there are
    within: 7d # 90s, 12h, 7d or ever
    ordered: true
    basis: plausible # measured, advisory or plausible: what the time rests on
verdicts: # steps that, linked, are one
  intrusion: [[look, take]]
  suspected: []
`;

const rule = ({ day, ruleId }: Starter): string => `title: Account Asks Who It Is
id: ${ruleId}
status: experimental
description: An account asks for its own name and rights. Daily work by itself.
author: Your agency
date: ${day}
tags:
  - attack.discovery
  - attack.t1033
logsource:
  category: process_creation
  product: windows
detection:
  tool:
    Image|endswith: '\\whoami.exe'
  rights:
    CommandLine|contains: '/all'
  condition: tool and rights
falsepositives:
  - Administrators
level: low
`;

const tests = `# Events as huntaway dump prints them, flat. Each rule wants one that it matches and one that it does not.
- name: rights asked for
  expect: match
  event:
    Channel: Security
    EventID: 4688
    Computer: HOST1.example.test
    NewProcessName: C:\\Windows\\System32\\whoami.exe
    CommandLine: whoami /all
- name: only the name
  expect: none
  event:
    Channel: Security
    EventID: 4688
    Computer: HOST1.example.test
    NewProcessName: C:\\Windows\\System32\\whoami.exe
    CommandLine: whoami
`;

/** A name that nobody owns (RFC 2606). */
const indicators = ({ day, bundleId, indicatorId }: Starter): string => `{
  "type": "bundle",
  "id": "bundle--${bundleId}",
  "objects": [
    {
      "type": "indicator",
      "spec_version": "2.1",
      "id": "indicator--${indicatorId}",
      "created": "${day}T00:00:00.000Z",
      "modified": "${day}T00:00:00.000Z",
      "name": "Name of a relay",
      "description": "Say here what was seen under it, and when.",
      "indicator_types": ["malicious-activity"],
      "pattern": "[domain-name:value = 'relay.example.test']",
      "pattern_type": "stix",
      "valid_from": "${day}T00:00:00Z",
      "confidence": 50,
      "x_huntaway_use": "hunt"
    }
  ]
}
`;
