/**
 * How secrets stand on command lines: one way a rule. Where a switch means something else to other tools (`-p`) a
 * rule asks for its tool or for the company it keeps. Rather a word masked too much than a password shown, but
 * never a file name: record numbers lead to the original.
 */
import { type MaskingRule, OTHER_THAN_SWITCH, pattern, QUOTED_SECRET, SECRET, SWITCH, word } from './rule.ts';

const PASSWORD = word('password|passwd|passphrase|passcode|pass|pwd');
/** The same at the end of a word that is neither variable nor switch; looks back from the rarer part. */
const PASSWORD_IN_WORD = `${PASSWORD}(?<=(?<![\\w$-])[\\w.]{0,32}${PASSWORD})`;
const TOKEN = word('api-key|api_key|apikey|access-key|access_key|secret-key|secret_key|secret|token');
const passwordTriggers = ['pass', 'pwd'];
const tokenTriggers = ['apikey', 'api-key', 'api_key', 'access-key', 'access_key', 'secret', 'token'];

/** Another word in front, as in `--db-password`. */
const PREFIX = '[\\w-]{0,32}';
const net = word('net|net1');
const EXE = '(?:\\.exe)?["\']?';
/** `user` and `use` of net.exe, with what may stand between. */
const netVerb = (verb: string): string => `\\b${net}${EXE}\\s{1,8}${word(verb)}\\s{1,8}`;

/** A value that is a path or file rather than a secret: an archive's name after a bare `-p`. */
const OTHER_THAN_FILE =
  '(?!["\']?(?:[^\\s"\']{0,260}[\\\\/*]|[^\\s"\']{0,260}\\.(?:7z|rar|zip|cab|tar|gz)\\b|[-@]))';

export const maskingRules: readonly MaskingRule[] = [
  {
    // /password:x --password=x -pass:x, and with another word in front: --db-password=x
    name: 'password switch with its value',
    triggers: passwordTriggers,
    pattern: pattern(SWITCH, PREFIX, PASSWORD, '\\s{0,2}[:=]\\s{0,2}', SECRET),
  },
  {
    // -Password x, /pass x, --db-password x, -NewPassword x
    name: 'password switch before its value',
    triggers: passwordTriggers,
    pattern: pattern(SWITCH, PREFIX, PASSWORD, '\\s{1,8}', OTHER_THAN_SWITCH, SECRET),
  },
  {
    // plink -pw x, schtasks /rp x, winrs -pw:x
    name: 'short password switch',
    triggers: ['-pw', '/pw', '-rp', '/rp'],
    pattern: pattern(SWITCH, word('pw|rp'), '(?:\\s{1,8}|:|=)', OTHER_THAN_SWITCH, SECRET),
  },
  {
    // --api-key x, --token=x, -ClientSecret x
    name: 'token switch',
    triggers: tokenTriggers,
    pattern: pattern(SWITCH, PREFIX, TOKEN, '(?:\\s{0,2}[:=]\\s{0,2}|\\s{1,8})', OTHER_THAN_SWITCH, SECRET),
  },
  {
    // psexec -u admin -p x, tasklist /u a /p x, winrs -u:a -p:x, whatever the tool is called
    name: 'user and password switches',
    triggers: ['-p', '/p'],
    company: ['-u', '/u', 'ps'],
    context:
      /(?<![^\s"'])[-/\u2013\u2014\u2015]u(?:ser(?:name)?)?(?:[:\s=])|\bps(?:exec|kill|list|info|service|shutdown)/i,
    pattern: pattern(SWITCH, 'p(?:\\s{1,8}|:|=)', OTHER_THAN_SWITCH, SECRET),
  },
  {
    // xfreerdp /p:x, mstsc clones, cmdkey; `/p:` alone is msbuild's
    name: 'remote desktop password',
    triggers: ['/p:', '-p:'],
    company: ['rdp', 'rdesktop', 'cmdkey', 'winrs'],
    context: /freerdp|rdesktop|cmdkey|winrs/i,
    pattern: pattern(SWITCH, 'p:', SECRET),
  },
  {
    // mysql -psecret (with a blank it is the database)
    name: 'database client password',
    triggers: ['-p'],
    company: ['mysql', 'mariadb', 'mongo', 'redis', 'sqlcmd', 'osql', 'bcp'],
    context: /\b(?:mysql|mariadb|mongo|redis-cli|sqlcmd|osql|bcp)/i,
    pattern: pattern(
      '(?<![^\\s"\'])-p(?!ort\\b|rotocol\\b|ath\\b|ipe\\b|lugin|ager\\b|rint|rompt|arallel)',
      SECRET,
    ),
  },
  {
    // sshpass -p x, sshpass -px
    name: 'sshpass',
    triggers: ['sshpass'],
    pattern: pattern(word('sshpass'), EXE, '\\s{1,8}-p\\s{0,8}', SECRET),
  },
  {
    // rar a -hpSECRET, -hp"SECRET"; nothing else uses it
    name: 'archive header password',
    triggers: ['-hp', '/hp'],
    pattern: pattern(SWITCH, word('hp'), '(?![a-z]{0,12}[:=])', SECRET),
  },
  {
    // 7z a -pSECRET, 7z a -p SECRET, also where the tool has another name: verb, then switches
    name: 'archive password',
    triggers: ['-p', '/p'],
    company: ['rar', '7z', 'zip', 'arj', ' a ', ' e ', ' x ', ' u ', ' m ', ' t ', ' d '],
    context:
      /(?:rar|7z[ar]?|zip|\barj|bandizip)(?:\.exe)?["']?\s|(?<![^\s"'])[aexumtd]\s{1,8}(?:-|[^\s]{1,260}\.(?:7z|rar|zip))/i,
    pattern: pattern(
      SWITCH,
      'p(?!(?:ath|rocess|roperty|arent|ass|ort|rofile|rogram|refix|roxy|roduct|arameter|rint|arallel|w\\b)[a-z]{0,20}\\b)',
      '(?:\\s{1,8}',
      OTHER_THAN_FILE,
      ')?',
      OTHER_THAN_FILE,
      SECRET,
    ),
  },
  {
    // net user NAME PASSWORD [/add]; `*` asks for it
    name: 'net user',
    triggers: [' user '],
    pattern: pattern(
      netVerb('user'),
      '(?:/\\S{1,64}\\s{1,8}){0,4}(?:"[^"]{1,256}"|[^\\s"/&|<>]{1,256})\\s{1,8}',
      '(?![/*&|<>]|\\d?>)',
      SECRET,
    ),
  },
  {
    // net use \\host\share PASSWORD
    name: 'net use, password after the share',
    triggers: [' use '],
    context: pattern(netVerb('use')),
    pattern: pattern(
      '(?<![^\\s"\'])\\\\\\\\[^\\s"\'&|<>]{1,256}["\']?\\s{1,8}',
      '(?![/*&|<>]|\\d?>)',
      SECRET,
    ),
  },
  {
    // net use \\host\share /user:NAME PASSWORD
    name: 'net use, password after the user',
    triggers: [' use '],
    context: pattern(netVerb('use')),
    pattern: pattern(
      '/u(?:ser)?:(?:"[^"]{1,256}"|[^\\s"&|<>]{1,256})\\s{1,8}',
      '(?![/*&|<>\\\\]|\\d?>|["\']?[a-z]:(?:\\s|$))',
      SECRET,
    ),
  },
  {
    // rasdial ENTRY USER PASSWORD
    name: 'rasdial',
    triggers: ['rasdial'],
    pattern: pattern(
      word('rasdial'),
      EXE,
      '\\s{1,8}(?:"[^"]{1,256}"|[^\\s"/]{1,256})\\s{1,8}[^\\s"/]{1,256}\\s{1,8}(?![/*])',
      SECRET,
    ),
  },
  {
    // Password=x;Pwd=x in connection strings, sc config obj= a password= x; PublicKeyToken is none of these
    name: 'key and value',
    triggers: passwordTriggers,
    pattern: pattern(
      PASSWORD_IN_WORD,
      '["\']?\\s{0,2}[=:]\\s{0,2}(?![=:]|[a-z]:\\\\|//)',
      '(?:"(?<s1>[^"]+)|\'(?<s2>[^\']+)|(?<s3>(?!\\$?\\()[^\\s;,"\'&|<>)}]+))',
    ),
  },
  {
    // AccountKey=x;SharedAccessKey=x, aws_secret_access_key = x, "api_key": "x"
    name: 'token and value',
    triggers: [...tokenTriggers, 'accountkey', 'account_key', 'accesskey', 'keymaterial'],
    pattern: pattern(
      '(?<![\\w$-])',
      '(?:account_?key|shared_?access_?key|aws_secret_access_key|api_?key|access_?token|auth_?token|client_?secret|secret_?key|keymaterial)',
      '["\']?\\s{0,2}[=:]\\s{0,2}',
      '(?:"(?<s1>[^"]+)|\'(?<s2>[^\']+)|(?<s3>(?!\\$?\\()[^\\s;,"\'&|<>)}]+))',
    ),
  },
  {
    // $password = "x" in scripts; without quotes it is an expression
    name: 'script variable',
    triggers: [...passwordTriggers, ...tokenTriggers],
    pattern: pattern(
      '\\$[\\w:]{0,32}?(?:',
      PASSWORD,
      '|',
      TOKEN,
      ')\\w{0,16}\\s{0,4}=\\s{0,4}',
      QUOTED_SECRET,
    ),
  },
  {
    // ConvertTo-SecureString "x" -AsPlainText -Force
    name: 'secure string',
    triggers: ['securestring'],
    pattern: pattern(
      word('convertto-securestring'),
      '(?:\\s{1,8}-\\w{1,16}){0,4}\\s{1,8}',
      '(?![-$(|)])',
      SECRET,
    ),
  },
  {
    // 'x' | ConvertTo-SecureString -AsPlainText
    name: 'text piped to a secure string',
    triggers: ['securestring'],
    pattern: pattern(
      '(?:"(?<s1>[^"]{1,256})(?="\\s{0,8}\\|\\s{0,8}ConvertTo-S)|\'(?<s2>[^\']{1,256})(?=\'\\s{0,8}\\|\\s{0,8}ConvertTo-S))',
    ),
  },
  {
    // New-Object Net.NetworkCredential("user", "x"), PSCredential("user", "x")
    name: 'credential constructor',
    triggers: ['credential'],
    pattern: pattern(
      'credential["\']?\\s{0,4}\\(\\s{0,4}["\'][^"\']{0,256}["\']\\s{0,4},\\s{0,4}',
      QUOTED_SECRET,
    ),
  },
  {
    // curl -u user:x, --proxy-user user:x
    name: 'curl',
    triggers: ['curl'],
    context: pattern(word('curl')),
    pattern: pattern(
      '(?<![^\\s"\'])(?:-u|-U|--user|--proxy-user)[\\s=]{0,8}["\']?[^\\s:"\']{1,256}:',
      '(?<s3>[^\\s"\'&|<>]+)',
    ),
  },
  {
    // https://user:x@host
    name: 'address with credentials',
    triggers: ['://'],
    pattern: pattern('://[^\\s:/?#@"\'<>]{0,256}:', '(?<s3>[^\\s/@"\'<>]{1,256})(?=@)'),
  },
  {
    // wmiexec.py domain/user:x@host
    name: 'target with credentials',
    triggers: ['@'],
    // Begins at the colon, which is rare, and looks back from there.
    pattern: pattern(
      ':(?<=(?<![^\\s"\'])[\\w.-]{0,64}/?[\\w.$-]{1,64}:)',
      '(?<s3>[^\\s/"\'&|<>:]{1,128})(?=@[\\w.-]{1,255}(?:\\s|["\']|$))',
    ),
  },
  {
    // Authorization: Basic x, "Authorization" = "Bearer x"
    name: 'authorization header',
    triggers: ['authorization'],
    pattern: pattern(
      word('authorization'),
      '["\']?\\s{0,4}[:=]\\s{0,4}["\']?(?:(?:basic|bearer|digest|negotiate|ntlm|token)\\s{1,4})?',
      '(?<s3>(?!\\$?\\()[^\\s"\'&|<>;,]+)',
    ),
  },
  {
    name: 'bearer token',
    triggers: ['bearer '],
    pattern: pattern('\\bbearer\\s{1,4}', '(?<s3>[\\w.~+/=-]{16,})'),
  },
  {
    // mimikatz /ntlm:x /rc4:x, impacket -hashes LM:NT: as good as the password
    name: 'password hash',
    triggers: ['ntlm:', 'rc4:', 'aes128:', 'aes256:', '-hashes'],
    pattern: pattern(SWITCH, '(?:ntlm:|rc4:|aes128:|aes256:|hashes[\\s:=]{1,8})', SECRET),
  },
  {
    // reg add …\Winlogon /v DefaultPassword /d x
    name: 'automatic logon',
    triggers: ['defaultpassword'],
    context: pattern(word('defaultpassword')),
    pattern: pattern('(?<![^\\s"\'])[-/]d\\s{1,8}', SECRET),
  },
  {
    // netsh wlan set hostednetwork key=x
    name: 'netsh',
    triggers: ['netsh'],
    context: pattern(word('netsh')),
    pattern: pattern('\\bkey\\s{0,2}=\\s{0,2}', SECRET),
  },
];
