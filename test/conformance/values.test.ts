/** Sections 1 and 2 of the notes on Sigma, cases 1 to 5: what values mean. */
import { describe, test } from 'vitest';
import { expectHits, fires, rule, silent } from './case.ts';

describe('1 case', () => {
  for (const [lower, upper, language] of [
    ['é', 'É', 'Latin beyond ASCII'],
    ['привет', 'ПРИВЕТ', 'Cyrillic'],
    ['σίγμα', 'ΣΊΓΜΑ', 'Greek'],
    ['cmd', 'CMD', 'ASCII'],
  ] as const) {
    for (const [rules, event] of [
      [lower, upper],
      [upper, lower],
    ] as const) {
      test(`${language}: ${rules} in the rule is ${event} in the event, exact`, () => {
        fires(`sel:\n  F: '${rules}'`, [{ F: event }, { F: rules }]);
        silent(`sel:\n  F: '${rules}'`, [{ F: `${event}x` }]);
      });
      test(`${language}: ${rules} in the rule is ${event} in the event, prefix`, () => {
        fires(`sel:\n  F|startswith: '${rules}'`, [{ F: `${event}-rest` }]);
        silent(`sel:\n  F|startswith: '${rules}'`, [{ F: `x${event}` }]);
      });
      test(`${language}: ${rules} in the rule is ${event} in the event, suffix`, () => {
        fires(`sel:\n  F|endswith: '${rules}'`, [{ F: `start-${event}` }]);
        silent(`sel:\n  F|endswith: '${rules}'`, [{ F: `${event}x` }]);
      });
      test(`${language}: ${rules} in the rule is ${event} in the event, substring`, () => {
        fires(`sel:\n  F|contains: '${rules}'`, [{ F: `a ${event} b` }]);
        silent(`sel:\n  F|contains: '${rules}'`, [{ F: 'a b' }]);
      });
      test(`${language}: ${rules} in the rule is ${event} in the event, in a list`, () => {
        fires(`sel:\n  F:\n    - other\n    - '${rules}'`, [{ F: event }]);
        fires(`sel:\n  F|contains|all:\n    - 'a'\n    - '${rules}'`, [{ F: `A ${event}` }]);
        silent(`sel:\n  F:\n    - other\n    - '${rules}'`, [{ F: 'neither' }]);
      });
    }
  }
});

describe('2 escapes', () => {
  // Written in the rule (single-quoted YAML, so as it stands), texts it matches, texts it does not.
  const cases: readonly [written: string, name: string, yes: readonly string[], no: readonly string[]][] = [
    ['a\\x', 'a backslash before an ordinary character stays', ['a\\x'], ['ax', 'a\\\\x']],
    ['a\\\\b', 'two backslashes are one', ['a\\b'], ['a\\\\b', 'ab']],
    ['a\\*b', 'an escaped asterisk is an asterisk', ['a*b'], ['axb', 'a\\*b', 'ab']],
    ['a\\?b', 'an escaped question mark is a question mark', ['a?b'], ['axb', 'a\\?b']],
    ['a\\\\*b', 'a backslash, then a wildcard', ['a\\b', 'a\\xyzb'], ['a*b', 'ab', 'axb']],
    ['a\\\\\\*b', 'a backslash, then an asterisk', ['a\\*b'], ['a\\xb', 'a*b']],
    ['a\\\\\\b', 'three backslashes before another character are two', ['a\\\\b'], ['a\\b', 'a\\\\\\b']],
    ['a\\\\\\\\b', 'four backslashes are two', ['a\\\\b'], ['a\\b', 'a\\\\\\\\b']],
    ['ab\\', 'a single backslash at the end is a backslash', ['ab\\'], ['ab', 'ab\\\\']],
  ];
  for (const [written, name, yes, no] of cases) {
    test(`${name}: ${written}`, () => {
      fires(
        `sel:\n  F: '${written}'`,
        yes.map(F => ({ F })),
      );
      silent(
        `sel:\n  F: '${written}'`,
        no.map(F => ({ F })),
      );
    });
    test(`${name}, with contains: ${written}`, () => {
      fires(
        `sel:\n  F|contains: '${written}'`,
        yes.map(F => ({ F: `<${F}>` })),
      );
      // What is not the whole value is not inside it either, unless it holds one that is.
      silent(
        `sel:\n  F|contains: '${written}'`,
        no.filter(F => !yes.some(other => F.includes(other))).map(F => ({ F: `<${F}>` })),
      );
    });
  }

  test('a value of four backslashes is two, and only two', () => {
    fires("sel:\n  F: '\\\\\\\\'", [{ F: '\\\\' }]);
    silent("sel:\n  F: '\\\\\\\\'", [{ F: '\\' }, { F: '\\\\\\' }, { F: '\\\\\\\\' }]);
  });

  test('an asterisk is any run of characters, a question mark exactly one, anywhere', () => {
    fires("sel:\n  F: 'a*c?e'", [{ F: 'acxe' }, { F: 'abbbcxe' }, { F: 'ac\nc\ne' }]);
    silent("sel:\n  F: 'a*c?e'", [{ F: 'ace' }, { F: 'acxxe' }, { F: 'xacxe' }]);
  });
});

describe('3 values', () => {
  test('blanks at either end count', () => {
    fires("sel:\n  F: ' a '", [{ F: ' a ' }]);
    silent("sel:\n  F: ' a '", [{ F: 'a' }, { F: ' a' }, { F: 'a ' }]);
    silent('sel:\n  F: a', [{ F: ' a' }, { F: 'a ' }]);
  });

  test('inner blanks count', () => {
    fires("sel:\n  F: 'a  b'", [{ F: 'a  b' }]);
    silent("sel:\n  F: 'a  b'", [{ F: 'a b' }]);
  });

  test('an array matches if any of its values does', () => {
    const one = rule('sel:\n  List: two');
    expectHits([one], { arrays: { List: ['one', 'two', 'three'] } }, [0]);
    expectHits([one], { arrays: { List: ['one', 'three'] } }, []);
    expectHits([one], { arrays: { List: ['onetwo'] } }, []);
  });

  test('under all, each literal may be in another value of an array', () => {
    const one = rule('sel:\n  List|contains|all:\n    - alpha\n    - beta');
    expectHits([one], { arrays: { List: ['x alpha', 'beta y'] } }, [0]);
    expectHits([one], { arrays: { List: ['x alpha', 'y'] } }, []);
  });

  test('a repeated name matches if any of its values does', () => {
    fires('sel:\n  F: two', [{ F: ['one', 'two'] }]);
    silent('sel:\n  F: two', [{ F: ['one', 'three'] }]);
  });

  test('unnamed Data is a field of many values', () => {
    fires("sel:\n  Data|contains: 'HostApplication='", [
      { Data: ['x', 'y HostApplication=powershell', 'z'] },
    ]);
    silent("sel:\n  Data|contains: 'HostApplication='", [{ Data: ['x', 'y'] }]);
    fires('sel:\n  Data|contains|all:\n    - first\n    - third', [{ Data: ['first', 'second', 'third'] }]);
  });

  test('not of a field of many values is true only if no value matches', () => {
    const detection = 'sel:\n  G: 1\nno:\n  F: two\ncondition: sel and not no';
    fires(detection, [{ G: '1', F: ['one', 'three'] }]);
    silent(detection, [{ G: '1', F: ['one', 'two'] }]);
  });

  test('a number in the rule equals its text in the event', () => {
    fires('sel:\n  F: 4688', [{ F: '4688' }]);
    silent('sel:\n  F: 4688', [{ F: '04688' }, { F: '0x1250' }, { F: '46880' }]);
  });

  test('a boolean in the rule equals its text in the event, in any case', () => {
    fires('sel:\n  F: true', [{ F: 'true' }, { F: 'True' }, { F: 'TRUE' }]);
    silent('sel:\n  F: true', [{ F: 'false' }, { F: '1' }]);
  });

  test('EventID is a field like another', () => {
    const one = rule('sel:\n  EventID:\n    - 4624\n    - 4625');
    expectHits([one], { eventId: 4625 }, [0]);
    expectHits([one], { eventId: 46250 }, []);
  });

  test('Provider_Name, Channel and Computer are fields like others', () => {
    const one = rule("sel:\n  Provider_Name: 'Some-Provider'\n  Channel: system\n  Computer|startswith: DC");
    expectHits([one], { provider: 'some-provider', channel: 'System', host: 'dc01.example' }, [0]);
    expectHits([one], { provider: 'some-provider', channel: 'System', host: 'ws01.example' }, []);
  });

  test('a name with blanks in the rule is the name without them', () => {
    fires("sel:\n  'Source Name': x", [{ SourceName: 'x' }]);
  });
});

describe('4 missing, null and empty', () => {
  test('a comparison with a missing field is false', () => {
    silent('sel:\n  F: a', [{ G: 'a' }]);
    silent("sel:\n  F: '*'", [{ G: 'a' }]);
    silent("sel:\n  F|re: '.*'", [{ G: 'a' }]);
    silent('sel:\n  F|lt: 5', [{ G: 'a' }]);
  });

  test('not of a comparison with a missing field is true', () => {
    const detection = 'sel:\n  G: a\nno:\n  F: b\ncondition: sel and not no';
    fires(detection, [{ G: 'a' }, { G: 'a', F: 'c' }, { G: 'a', F: null }]);
    silent(detection, [{ G: 'a', F: 'b' }]);
  });

  test('not of a field that no event has is true', () => {
    fires('sel:\n  NoEventHasThis|contains: x\ncondition: not sel', [{ F: 'a' }]);
    fires('sel:\n  G: a\nno:\n  NoEventHasThis|contains: x\ncondition: sel and not no', [{ G: 'a' }]);
  });

  test('null is a missing field or one without value, never an empty one', () => {
    fires('sel:\n  F: null', [{ G: 'a' }, { F: null }]);
    silent('sel:\n  F: null', [{ F: '' }, { F: 'a' }]);
  });

  test('a key without value is null', () => {
    fires('sel:\n  F:', [{ G: 'a' }]);
    silent('sel:\n  F:', [{ F: '' }]);
  });

  test('an empty list is null', () => {
    fires('sel:\n  F: []', [{ G: 'a' }]);
    silent('sel:\n  F: []', [{ F: 'a' }]);
  });

  test('the empty text is a field that is there and empty', () => {
    fires("sel:\n  F: ''", [{ F: '' }]);
    silent("sel:\n  F: ''", [{ G: 'a' }, { F: null }, { F: ' ' }, { F: 'a' }]);
  });

  test('exists: true is a field that is there, empty or not', () => {
    fires('sel:\n  F|exists: true', [{ F: '' }, { F: 'a' }]);
    silent('sel:\n  F|exists: true', [{ G: 'a' }]);
  });

  test('exists: false is a field that is not there', () => {
    fires('sel:\n  F|exists: false', [{ G: 'a' }]);
    silent('sel:\n  F|exists: false', [{ F: '' }, { F: 'a' }]);
  });

  test('an empty value among others is found', () => {
    fires("sel:\n  F:\n    - ''\n    - b", [{ F: '' }, { F: 'b' }]);
    silent("sel:\n  F:\n    - ''\n    - b", [{ F: 'c' }]);
  });

  test('contains, startswith and endswith of an empty text hold for any value that is there', () => {
    fires("sel:\n  F|contains: ''", [{ F: '' }, { F: 'a' }]);
    silent("sel:\n  F|contains: ''", [{ G: 'a' }]);
  });
});

describe('5 numbers', () => {
  test('gt compares as numbers, not as texts', () => {
    fires('sel:\n  F|gt: 20', [{ F: '100' }, { F: '21' }, { F: '20.5' }]);
    silent('sel:\n  F|gt: 20', [{ F: '20' }, { F: '9' }, { F: '-100' }]);
  });

  test('gte, lt and lte hold at or below their edge', () => {
    fires('sel:\n  F|gte: 20', [{ F: '20' }, { F: '100' }]);
    silent('sel:\n  F|gte: 20', [{ F: '19.9' }]);
    fires('sel:\n  F|lt: 20', [{ F: '19' }, { F: '-1' }]);
    silent('sel:\n  F|lt: 20', [{ F: '20' }, { F: '100' }]);
    fires('sel:\n  F|lte: 20', [{ F: '20' }, { F: '3' }]);
    silent('sel:\n  F|lte: 20', [{ F: '20.01' }]);
  });

  test('negative numbers compare', () => {
    fires('sel:\n  F|lt: -5', [{ F: '-10' }]);
    silent('sel:\n  F|lt: -5', [{ F: '-5' }, { F: '-4' }, { F: '10' }]);
    fires('sel:\n  F|gt: -5', [{ F: '-4.9' }, { F: '0' }]);
  });

  test('fractions compare', () => {
    fires('sel:\n  F|gt: 1.5', [{ F: '1.51' }, { F: '2' }]);
    silent('sel:\n  F|gt: 1.5', [{ F: '1.5' }, { F: '1.49' }]);
  });

  test('what is not a number compares with none', () => {
    silent('sel:\n  F|gt: 20', [{ F: 'abc' }, { F: '' }, { F: '100 bytes' }, { F: '-' }]);
    silent('sel:\n  F|lt: 20', [{ F: 'abc' }, { F: '' }, { F: '-' }]);
  });

  test('hexadecimal is not converted', () => {
    silent('sel:\n  F: 500', [{ F: '0x1f4' }]);
    silent('sel:\n  F|gt: 20', [{ F: '0x1f4' }]);
  });

  test('a blank makes it text', () => {
    silent('sel:\n  F|gt: 20', [{ F: ' 100' }, { F: '100 ' }]);
  });
});
