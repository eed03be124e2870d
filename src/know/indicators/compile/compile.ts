/**
 * A pattern → a plan over the fields of events. What an event log can't answer (several events, absence, objects that no
 * log shows) is refused with the reason: an indicator that silently never fires would be worse than none.
 */
import { isIPv4, isIPv6 } from 'node:net';
import type { Plan, RuleParser, Test, TextPattern } from '../../sigma/index.ts';
import {
  type Compared,
  type Comparison,
  type Literal,
  type Observed,
  PatternError,
} from '../pattern/index.ts';
import { address, likeParts } from './forms.ts';
import { objectPaths, type PathAbout } from './objects.ts';
import { keyForms } from './registry.ts';

export type CompiledPattern =
  | { readonly plan: Plan }
  /** Why it can't be hunted in logs, and at which offset. */
  | { readonly message: string; readonly at: number };

export function compilePattern(pattern: Observed, parser: RuleParser): CompiledPattern {
  try {
    return { plan: parser.simplifyPlan(new Compiler(parser).observed(pattern)) };
  } catch (error) {
    if (error instanceof PatternError) return { message: error.message, at: error.at };
    throw error;
  }
}

const SEVERAL = 'asks for several events in relation: write a Sigma correlation for it';

class Compiler {
  readonly #parser: RuleParser;

  constructor(parser: RuleParser) {
    this.#parser = parser;
  }

  observed(node: Observed): Plan {
    switch (node.kind) {
      case 'observation':
        return this.#compared(node.node);
      case 'or':
        return { op: 'or', nodes: node.nodes.map(each => this.observed(each)) };
      case 'and':
        throw new PatternError(`AND between observations ${SEVERAL}`, node.at);
      case 'followed-by':
        throw new PatternError(`FOLLOWEDBY ${SEVERAL}`, node.at);
      case 'qualified':
        if (node.qualifier === 'START') {
          throw new PatternError(
            "START and STOP are not taken: say it with 'valid_from' and 'valid_until'",
            node.at,
          );
        }
        throw new PatternError(`${node.qualifier} ${SEVERAL}`, node.at);
    }
  }

  #compared(node: Compared): Plan {
    if (node.kind === 'test') return this.#test(node);
    return { op: node.kind, nodes: node.nodes.map(each => this.#compared(each)) };
  }

  #test(test: Comparison): Plan {
    const about = objectPaths.get(tablePath(test.path.text));
    if (about === undefined) {
      throw new PatternError(`no log that is read shows ${test.path.text}`, test.at);
    }
    if (test.negated || test.operator === '!=') {
      throw new PatternError(
        'what is not so holds for nearly every event: NOT and != are not taken',
        test.at,
      );
    }
    switch (test.operator) {
      case '=':
      case 'IN':
        return anyOf(test.values.map(value => this.#equal(about, value, test)));
      case 'LIKE':
        return this.#like(about, textOf(test.values[0]!), test);
      case 'MATCHES':
        return this.#matches(about, textOf(test.values[0]!), test);
      case 'ISSUBSET':
        return this.#network(about, textOf(test.values[0]!), test);
      default:
        throw new PatternError(
          `${test.operator} is not taken: use =, IN, LIKE, MATCHES or ISSUBSET`,
          test.at,
        );
    }
  }

  #equal(about: PathAbout, value: Literal, test: Comparison): Plan {
    const text = textOf(value).trim();
    if (text === '') throw new PatternError(`${test.path.text} is compared with nothing`, test.at);
    const isAddress = about.kind === 'ipv4' || about.kind === 'ipv6' || about.kind === 'address';
    if (isAddress && text.includes('/')) return this.#network(about, text, test);
    const wrong = misfit(about, text);
    if (wrong !== null) throw new PatternError(`'${clipped(text)}' is ${wrong}`, test.at);
    return anyOf(formsOf(about, text, this.#parser).map(parts => spots(about, parts)));
  }

  #like(about: PathAbout, text: string, test: Comparison): Plan {
    const parts = likeParts(text);
    if (!parts.some(part => typeof part === 'string' && part.length >= LEAST_LITERAL)) {
      throw new PatternError(
        `'${clipped(text)}' holds too little to look for: nearly everything is like it`,
        test.at,
      );
    }
    return anyOf((about.kind === 'key' ? keyForms(parts) : [parts]).map(each => spots(about, each)));
  }

  #matches(about: PathAbout, text: string, test: Comparison): Plan {
    if (about.takesRegex !== true) {
      throw new PatternError(`MATCHES is not taken for ${test.path.text}: write it with LIKE`, test.at);
    }
    let expression: Test;
    try {
      expression = this.#parser.regexTest(text, '');
    } catch (error) {
      throw new PatternError((error as Error).message, test.at);
    }
    return anyOf(about.spots.map(({ field }) => ({ op: 'field', field, test: expression })));
  }

  /** Only fields that hold an address and nothing else can be compared with a network. */
  #network(about: PathAbout, text: string, test: Comparison): Plan {
    if (about.kind !== 'ipv4' && about.kind !== 'ipv6' && about.kind !== 'address') {
      throw new PatternError(`ISSUBSET is for addresses, not for ${test.path.text}`, test.at);
    }
    let network: string;
    try {
      network = this.#parser.parseNetwork(text);
    } catch (error) {
      throw new PatternError((error as Error).message, test.at);
    }
    const fields = about.spots.filter(({ form }) => form === address);
    return anyOf(fields.map(({ field }) => ({ op: 'field', field, test: { kind: 'cidr', network } })));
  }
}

/** Any index stands for all; hashes are named in several ways by those who publish. */
function tablePath(path: string): string {
  return path
    .replace(/\[-?\d+\]/g, '[*]')
    .replace(/(?<=hashes\.)sha-?(1|256)$/i, 'SHA-$1')
    .replace(/(?<=hashes\.)md-?5$/i, 'MD5');
}

/** Letters that LIKE must have in a row. */
const LEAST_LITERAL = 3;

function spots(about: PathAbout, parts: TextPattern): Plan {
  return anyOf(
    about.spots.flatMap(({ field, form }) => form(parts).map((test): Plan => ({ op: 'field', field, test }))),
  );
}

function anyOf(nodes: readonly Plan[]): Plan {
  return nodes.length === 1 ? nodes[0]! : { op: 'or', nodes };
}

/** What is wrong with a value for its kind; else null. */
function misfit({ kind, digits }: PathAbout, text: string): string | null {
  switch (kind) {
    case 'ipv4':
      return isIPv4(text) ? null : 'no IPv4 address';
    case 'ipv6':
      return isIPv6(text) ? null : 'no IPv6 address';
    case 'address':
      return isIPv4(text) || isIPv6(text) || /[a-z]/i.test(text) ? null : 'no address';
    case 'hash':
      return text.length === digits && /^[0-9a-f]+$/i.test(text)
        ? null
        : `no hash of ${digits} hexadecimal digits`;
    case 'port':
      return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? null : 'no port: write a number up to 65535';
    case 'domain':
      return /^[^\s/\\:@]+$/.test(text) ? null : 'no domain name';
    default:
      return null;
  }
}

/** The value in the forms that logs write it. */
function formsOf({ kind }: PathAbout, text: string, parser: RuleParser): TextPattern[] {
  switch (kind) {
    case 'ipv6': {
      const canonical = parser.parseNetwork(text).replace(/\/\d+$/, '');
      return canonical === text.toLowerCase() ? [[text]] : [[canonical], [text]];
    }
    case 'key':
      return keyForms([text]);
    case 'folder':
      return [[text.replace(/[\\/]+$/, '') || text]];
    case 'domain':
      return [[text.replace(/\.$/, '')]];
    default:
      return [[text]];
  }
}

function textOf(value: Literal): string {
  return value.kind === 'boolean' ? String(value.value) : value.text;
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
