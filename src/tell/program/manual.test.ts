import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { programTable } from '../../../test/program-table.ts';
import { scratch } from '../../../test/scratch.ts';
import { haveTool } from '../../../test/shells.ts';
import { manualPage } from './index.ts';
import { roff } from './roff.ts';

const page = manualPage(programTable);

function run(
  program: string,
  words: readonly string[],
  input?: string,
): { code: number | null; out: string; err: string } {
  const child = spawnSync(program, words, {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
    env: { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80', MANPAGER: 'cat' },
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

describe('the manual page', () => {
  it('is this', () => {
    expect(page).toMatchInlineSnapshot(`
      ".TH HOUND 1 "" "hound 1.2.3" "User Commands"
      .nh
      .ad l
      .SH NAME
      hound \\- finds things: in logs
      .SH SYNOPSIS
      \\fBhound\\fR \\fBhunt\\fR \\fIpath...\\fR [\\fIoptions\\fR]
      .br
      \\fBhound\\fR \\fBrules check\\fR \\fIpath\\fR [\\fIoptions\\fR]
      .br
      \\fBhound\\fR \\fBrules list\\fR [\\fIid\\fR] [\\fIoptions\\fR]
      .br
      \\fBhound\\fR \\fBshell\\fR \\fIshell\\fR [\\fIoptions\\fR]
      .br
      \\fBhound\\fR \\fBhelp\\fR [\\fIcommand\\fR]
      .SH DESCRIPTION
      Finds things: in logs.
      .TP
      \\fBhunt\\fR
      It\\(aqs \\(dqodd\\(dq [x]: \\en $HOME \\(gaid\\(ga $(id) %s \\(ti \\(ha \\[u2018]curly\\[u2019] \\[u2026] end.
      .TP
      \\fBrules check\\fR
      Check rules.
      .TP
      \\fBrules list\\fR
      List rules.
      .TP
      \\fBshell\\fR
      Name a shell.
      .SH COMMANDS
      .SS "hound hunt"
      \\&.TH is no request here. it\\(aqs \\(dqodd\\(dq [x]: \\en $HOME \\(gaid\\(ga $(id) %s \\(ti \\(ha \\[u2018]curly\\[u2019] \\[u2026] end
      .PP
      \\fIOutput:\\fR
      .TP
      \\fB\\-f\\fR, \\fB\\-\\-format\\fR \\fIFORMAT\\fR
      It\\(aqs \\(dqodd\\(dq [x]: \\en $HOME \\(gaid\\(ga $(id) %s \\(ti \\(ha \\[u2018]curly\\[u2019] \\[u2026] end: table, o\\(aqdd $x (default: table).
      .TP
      \\fB\\-\\-out\\fR \\fIDIR\\fR
      Where to.
      .TP
      \\fB\\-\\-operator\\fR \\fINAME\\fR
      Who.
      .TP
      \\fB\\-q\\fR, \\fB\\-\\-quiet\\fR
      Say nothing.
      .PP
      \\fIRules:\\fR
      .TP
      \\fB\\-r\\fR, \\fB\\-\\-rules\\fR \\fIPATH\\fR
      Rules. May be given several times.
      .SS "hound rules check"
      Checks rules.
      .PP
      \\fIRules:\\fR
      .TP
      \\fB\\-\\-strict\\fR
      Be strict.
      .SS "hound rules list"
      Lists rules.
      .SS "hound shell"
      Names one.
      .SH EXIT STATUS
      .TP
      \\fB0\\fR
      Finished.
      .SH ENVIRONMENT
      .TP
      \\fBNO_COLOR\\fR
      No colours.
      .SH FILES
      .TP
      \\fB\\(ti/.cache/hound\\fR
      A cache.
      .SH EXAMPLES
      .SS "hound hunt"
      \\&.starts with a point:
      .PP
      .RS 4
      .nf
      hound hunt \\(aqa b\\(aq \\-\\-format \\(dqx\\(dq
      .fi
      .RE
      "
    `);
  });
  it('is ASCII, and no line begins with a request by chance', () => {
    expect(page).toMatch(/^[\n\x20-\x7e]*$/);
    const requests = page.split('\n').filter(line => /^[.']/.test(line));
    for (const line of requests) expect(line).toMatch(/^\.(?:TH|SH|SS|TP|PP|RS|RE|nf|fi|nh|ad|br)\b/);
  });
  it.skipIf(!haveTool('groff'))('is taken by groff without a warning', () =>
    expect(run('groff', ['-man', '-ww', '-Tutf8', '-z'], page)).toMatchObject({ code: 0, err: '' }),
  );
  it.skipIf(!haveTool('mandoc'))(
    'is taken by mandoc without a warning but for the date, which it has not',
    () => {
      const { out } = run('mandoc', ['-T', 'lint', '-W', 'warning'], page);
      expect(out.split('\n').filter(line => line !== '' && !line.includes('missing date'))).toEqual([]);
    },
  );
  it.skipIf(!haveTool('man') || !haveTool('groff'))('is shown by man as it was written', () => {
    const file = join(scratch({ 'hound.1': page }), 'hound.1');
    const { out, err } = run('man', ['--warnings', '-l', file]);
    expect(err).toBe('');
    const shown = out.replace(/\u001b\[[\d;]*m|.\u0008/g, '').replace(/\s+/g, ' ');
    expect(shown).toContain(
      '.TH is no request here. it\'s "odd" [x]: \\n $HOME `id` $(id) %s ~ ^ ‘curly’ … end',
    );
    expect(shown).toContain(`hound hunt 'a b' --format "x"`);
    expect(shown).toContain('-f, --format FORMAT');
  });
});

describe('text for roff', () => {
  it('is one line of ASCII that is no request, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(roff(text)).toMatch(/^(?![.'])[\x20-\x7e]*$/);
      }),
    );
  });
  it.skipIf(!haveTool('groff'))('comes out of groff as it went in', () => {
    const text = 'a-b--c \\n \'x\' "y" `z` ~ ^ é 日 😀 %s \\fBno\\fR';
    const { out } = run('groff', ['-man', '-Tutf8'], `.TH X 1\n.nf\n${roff(text)}\n`);
    expect(out.replace(/\u001b\[[\d;]*m/g, '')).toContain(text);
  });
});
