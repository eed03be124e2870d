/** All findings as one JSON array, a finding a line, for programs that read a whole document. */
import { eachLine, type Formatter } from './formatter.ts';

export function json(): Formatter {
  let isFirst = true;
  return {
    header: out => out.ascii('['),
    lines(out, lines) {
      eachLine(lines, line => {
        out.ascii(isFirst ? '\n' : ',\n');
        out.raw(line);
        isFirst = false;
      });
    },
    footer: out => out.ascii('\n]\n'),
  };
}
