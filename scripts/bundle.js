/**
 * Makes archives that run where there is neither Node nor network: Huntaway, the Node to run it, a launcher, hashes
 * and licences in one folder, for Linux and Windows. What of the project goes in is what goes into the npm package.
 *
 * The libraries lie in `app/node_modules` as they were published. Joining them into `dist/` starts no faster
 * (measured: 26 ms for `--version` and 0.1 s for a hunt on one file either way), would part them from their licences,
 * and would leave out re2js, which is required by name when the first costly expression comes.
 *
 * Usage: npm run bundle [-- --only linux|win] [--out FOLDER]   (exit 2 where Node's package cannot be had)
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeTarGz, writeZip } from './bundle/archives.js';
import { CannotFetch, nodeBinary, nodeLicence, nodeVersion } from './bundle/node.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const targets = {
  linux: {
    system: 'linux-x64',
    title: 'Linux',
    node: 'node',
    launcher: 'huntaway',
    source: 'huntaway.sh',
    newline: '\n',
    ending: '.tar.gz',
    pack: writeTarGz,
  },
  win: {
    system: 'win-x64',
    title: 'Windows',
    node: 'node.exe',
    launcher: 'huntaway.cmd',
    source: 'huntaway.cmd',
    newline: '\r\n',
    ending: '.zip',
    pack: writeZip,
  },
};

const { values: given } = parseArgs({
  options: { only: { type: 'string' }, out: { type: 'string', default: join(root, 'bundle') } },
});
if (given.only !== undefined && !Object.hasOwn(targets, given.only)) {
  console.error(`--only takes ${Object.keys(targets).join(' or ')}, not '${given.only}'`);
  process.exit(1);
}

/** Seconds since 1970 that every file is given: those of the commit, so that files of two builds tell them apart. */
function buildTime() {
  const set = process.env.SOURCE_DATE_EPOCH;
  if (set !== undefined) return Number(set);
  const git = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  return git.status === 0 ? Number(git.stdout) : Date.UTC(2026, 0, 1) / 1000;
}

/** Folders of the libraries that run with the program, as the lock file has them. */
function libraries() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.keys(packages).filter(path => path !== '' && !packages[path].dev);
}

/** What Node and the libraries ask to be told. */
function thirdParty(downloads) {
  const parts = libraries().map(path => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, path)).find(entry => /^licen[cs]e(\.|$)/i.test(entry));
    if (file === undefined) throw new Error(`${path} has no licence to pass on`);
    return [`${name} ${version} (${license})`, readFileSync(join(root, path, file), 'utf8')];
  });
  parts.push([`Node.js ${nodeVersion}`, nodeLicence(downloads)]);
  const line = '='.repeat(100);
  const texts = parts.map(([title, text]) => `${line}\n${title}\n${line}\n\n${text.trim()}\n`);
  return `Works of others in this folder, each under its own licence.\n\n${texts.join('\n\n')}`;
}

/** All files below `folder`, sorted, with `/` between steps on every system. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
const template = name => readFileSync(join(root, 'scripts/bundle', name), 'utf8');

/** Lays out the folder that is packed, with modes that do not depend on who packs. */
function fill(folder, target, downloads) {
  for (const path of [...manifest.files, 'package.json', ...libraries()]) {
    if (!existsSync(join(root, path))) throw new Error(`${path} is missing: npm ci && npm run build`);
    cpSync(join(root, path), join(folder, 'app', path), { recursive: true, dereference: true });
  }
  const { system, title, node, launcher, source, newline } = target;
  const readme = template('README.txt')
    .replace('@VERSION@', manifest.version)
    .replace('@SYSTEM@', title)
    .replace('@NODE@', nodeVersion);
  const put = (name, content) => writeFileSync(join(folder, name), content);
  put('README.txt', readme.replaceAll('\n', newline));
  put(launcher, template(source).replaceAll('\n', newline));
  put(node, nodeBinary(system, downloads));
  put('THIRD-PARTY.txt', thirdParty(downloads));
  const names = filesBelow(folder);
  put('SHA256SUMS', names.map(name => `${sha256(readFileSync(join(folder, name)))}  ${name}\n`).join(''));
  for (const name of [...names, 'SHA256SUMS']) {
    chmodSync(join(folder, name), name === node || name === launcher ? 0o755 : 0o644);
  }
}

/** Makes one archive in `out` and returns its path. */
async function make(target, out, work) {
  const name = `huntaway-${manifest.version}-${target.system}`;
  const stage = join(work, target.system);
  mkdirSync(join(stage, name), { recursive: true });
  fill(join(stage, name), target, work);
  const path = join(out, name + target.ending);
  await target.pack(path, stage, filesBelow(stage), buildTime());
  return path;
}

const out = resolve(given.out);
mkdirSync(out, { recursive: true });
const work = mkdtempSync(join(out, '.work-'));
try {
  const chosen = given.only === undefined ? Object.values(targets) : [targets[given.only]];
  for (const target of chosen) {
    const path = await make(target, out, work);
    const line = `${sha256(readFileSync(path))}  ${basename(path)}\n`;
    writeFileSync(`${path}.sha256`, line);
    process.stdout.write(line);
  }
} catch (error) {
  if (!(error instanceof CannotFetch)) throw error;
  console.error(error.message);
  process.exitCode = 2;
} finally {
  rmSync(work, { recursive: true, force: true });
}
