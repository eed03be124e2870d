/** A small world judged with a baseline that finds everything unusual, unless a test says otherwise. */

import type { JudgeInput } from '../src/judge/index.ts';
import { judgeIntrusions, makeNames, type Story, type Tools } from '../src/judge/intrusions/index.ts';
import { fakeBaseline, type World } from './judging.ts';

export function judged(world: World, tools: Partial<Tools> = {}, more: Partial<JudgeInput> = {}): Story {
  const input = world.input(more);
  return judgeIntrusions(input, {
    names: makeNames(input.hosts, input.facts, input.findings),
    baseline: fakeBaseline(),
    approvalOf: () => null,
    zoneOf: null,
    isPlant: () => false,
    ...tools,
  });
}

export function verdictsOf(story: Story): string[] {
  return story.intrusions.map(({ verdict }) => verdict);
}

/** Reasons of all links, in order. */
export function reasonsOf(story: Story): string[] {
  return story.intrusions.flatMap(({ links }) => links.map(({ reason }) => reason));
}
